import type { EntityMeta, ListPage } from '@plinth/sdk'
import { api, entityMeta, fmt, href, pick, PlinthElement, Resource, type AnyRecord } from '@plinth/ui'
import '@plinth/ui/data-grid'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { listColumns, type MemberNames } from './list-columns.ts'
import { includesOf, isReadable } from './references.ts'
import { memberNames } from './members.ts'
import { inSentence, t } from './texts.ts'

/** Rows shown before "show all". */
const SHOWN = 5

interface Loaded {
  readonly meta: EntityMeta
  readonly page: ListPage
  readonly members: MemberNames
}

/** Records of another entity that point to this one, the first few of them, with ways to all of them and to a new one. */
export class RelatedList extends PlinthElement {
  static override properties: PropertyDeclarations = {
    entityId: { attribute: false },
    field: { attribute: false },
    recordId: { attribute: false },
    heading: {},
    twin: { type: Boolean },
  }
  /** Entity of the records. */
  declare entityId: string
  /** Its field that points here. */
  declare field: string
  declare recordId: string
  declare heading: string
  /** The same entity points here in another way too: say in which this list does. */
  declare twin: boolean

  readonly #rows = new Resource<Loaded>(
    this,
    async (signal) => {
      const meta = await entityMeta(this.entityId)
      const shown = meta.fields.filter((each) => meta.list.columns.includes(each.name) && isReadable(each))
      const needsNames = shown.some((each) => each.type === 'member' && !each.ref)
      const query = {
        limit: SHOWN,
        sort: meta.list.sort,
        filter: { [this.field]: this.recordId },
        include: includesOf(shown),
        count: true,
      }
      const [page, members] = await Promise.all([
        api.list(meta.api, query, { signal }),
        needsNames ? memberNames() : new Map<string, string>(),
      ])
      return { meta, page, members }
    },
    () => [this.entityId, this.field, this.recordId],
  )

  static override styles = css`
    :host {
      display: block;
    }
    section {
      overflow: hidden;
    }
    header {
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 48px;
      padding: 6px 8px 6px 16px;
    }
    h2 {
      flex: 1;
      font-size: var(--pl-size-14);
      font-weight: 600;
      line-height: 20px;
    }
    .count {
      margin-inline-start: 6px;
      color: var(--pl-text-2);
      font-weight: 400;
      font-variant-numeric: tabular-nums;
    }
    .new {
      min-height: 32px;
      font-size: var(--pl-size-13);
    }
    .all {
      display: block;
      padding: 11px 16px;
      border-block-start: 1px solid var(--pl-hairline);
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      font-weight: 500;
    }
    .all:hover {
      background: var(--pl-hover);
      color: var(--pl-text);
    }
    .all:focus-visible {
      outline-offset: -2px;
    }
    pl-data-table {
      border-block-start: 1px solid var(--pl-hairline);
    }
    pl-skeleton {
      padding-block: 0 8px;
      --pl-gutter: 16px;
      max-height: 150px;
      overflow: hidden;
    }
  `

  #way(meta: EntityMeta): string {
    const field = meta.fields.find((each) => each.name === this.field)
    return field ? pick(field.label) : ''
  }

  #head(meta: EntityMeta | undefined, total: number | undefined): unknown {
    return html`<header>
      <h2>
        ${this.heading}${this.twin && meta ? ` · ${this.#way(meta)}` : nothing}${total === undefined ? nothing : html`<span class="count">${fmt.num(total)}</span>`}
      </h2>
      ${
        meta?.can.includes('create')
          ? html`<a
              class="pl-button ghost new"
              href=${href(`${meta.path}/new?${this.field}=${this.recordId}`)}
            >
              <pl-icon name="plus"></pl-icon>${t('related.new', { name: inSentence(meta.label) })}
            </a>`
          : nothing
      }
    </header>`
  }

  #body({ meta, page, members }: Loaded): unknown {
    if (page.items.length === 0) return nothing
    const total = page.total ?? page.items.length
    return html`<pl-data-table
        .columns=${listColumns(meta, members, this.field)}
        .rows=${page.items}
        .label=${this.heading}
        .hrefOf=${(row: AnyRecord) => `${meta.path}/${row.id}`}
      ></pl-data-table>
      ${
        total > page.items.length
          ? html`<a class="all" href=${href(`${meta.path}?${this.field}=${this.recordId}`)}>
              ${t('related.all', { count: total })}
            </a>`
          : nothing
      }`
  }

  override render(): unknown {
    const loaded = this.#rows.value
    // A list that may not be seen, or fails, must not take the record down with it.
    if (this.#rows.problem && this.#rows.problem.status === 403) return nothing
    // Nothing there and nothing to add: only noise.
    if (loaded && loaded.page.items.length === 0 && !loaded.meta.can.includes('create')) return nothing
    return html`<section class="pl-card">
      ${this.#head(loaded?.meta, loaded?.page.total)} ${this.#rows.render((rows) => this.#body(rows))}
    </section>`
  }
}

customElements.define('pl-related-list', RelatedList)
