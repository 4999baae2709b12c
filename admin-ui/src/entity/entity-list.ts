import type { ActionMeta, EntityMeta } from '@plinth/sdk'
import { api, hueOf, href, locale, path, pick, PlinthElement, query, Resource, setQuery } from '@plinth/ui'
import '@plinth/ui/data-grid'
import type { DataGrid, GridColumn } from '@plinth/ui/data-grid'
import { html, nothing, type PropertyDeclarations } from 'lit'
import './bulk-bar.ts'
import { entityListStyles } from './entity-list.styles.ts'
import { chooseButton } from './choose-button.ts'
import { chosenActions, listActions, runListAction } from './list-actions.ts'
import { listColumns, type MemberNames } from './list-columns.ts'
import { includesOf, isReadable } from './references.ts'
import { followFrame } from '../session/follow-frame.ts'
import { shell } from '../session/state.ts'
import { historyStep, recall, remember } from './list-memory.ts'
import { renderFilters } from './list-filters.ts'
import { isFiltered, readState, toFilter, writeState, type ListState } from './list-state.ts'
import { memberNames } from './members.ts'
import { renderActions } from './record-actions.ts'
import { RecordPages } from './record-pages.ts'
import { renderFailure, renderWaiting } from './screen-frame.ts'
import './search-box.ts'
import { renderSortMenu } from './sort-menu.ts'
import { inSentence, t } from './texts.ts'
import { importable, renderTransferMenu } from './transfer-menu.ts'

/** Any entity as a list: search, quick filters, order, and rows that come as they are scrolled to. */
export class EntityList extends PlinthElement {
  static override properties: PropertyDeclarations = {
    entityId: { attribute: false },
    chosen: { state: true },
  }
  declare entityId: string
  /** Ids of chosen rows while several are being chosen. */
  declare chosen: ReadonlySet<string> | undefined

  readonly #meta = new Resource(
    this,
    async (signal): Promise<{ meta: EntityMeta; members: MemberNames }> => {
      const meta = await api.get<EntityMeta>(`/api/v1/meta/${this.entityId.replace('.', '/')}`, { signal })
      const shown = meta.fields.filter((field) => meta.list.columns.includes(field.name))
      const needsNames = shown.some((field) => field.type === 'member' && !field.ref)
      return { meta, members: needsNames ? await memberNames() : new Map() }
    },
    () => [this.entityId],
  )
  readonly #pages = new RecordPages(this)
  #asked = ''
  #step = 0
  #topRow: number | undefined
  #state: ListState = { q: '', sort: '', filters: {} }
  #columns: readonly GridColumn[] = []
  #columnsFor: readonly unknown[] = []

  static override styles = entityListStyles

  constructor() {
    super()
    // Actions come and go with the features they are part of, columns with their fields.
    followFrame(this, () => this.#meta.value && void this.#meta.reload())
  }

  protected override willUpdate(): void {
    const { meta } = this.#meta.value ?? {}
    const params = query.value
    // The address has moved on to another screen; this one is about to be taken away.
    if (meta && path.value !== meta.path) this.#leave()
    if (!meta || path.value !== meta.path) return
    this.#state = readState(meta, params)
    // Whose list it is belongs to the question: another member signing in here must not see these rows.
    const asked = JSON.stringify([meta.id, this.#state, shell.peek()?.member.id])
    if (asked === this.#asked) return
    this.#asked = asked
    this.chosen &&= new Set()
    const shown = meta.fields.filter((field) => meta.list.columns.includes(field.name) && isReadable(field))
    const question = {
      sort: this.#state.sort || meta.list.sort,
      filter: toFilter(meta, this.#state),
      q: this.#state.q,
      include: includesOf(shown),
    }
    this.#step = historyStep()
    const before = recall(this.#step, asked)
    this.#topRow = before?.topRow
    void (before ? this.#pages.restore(meta.api, question, before) : this.#pages.load(meta.api, question))
  }

  protected override updated(): void {
    if (!this.#topRow || !this.#grid) return
    const row = this.#topRow
    this.#topRow = undefined
    void this.#grid.scrollToRow(row)
  }

  /** Now, while the rows are still laid out: what is out of the page has no scroll position. */
  #leave(): void {
    const { rows, next, total } = this.#pages
    if (rows) remember(this.#step, { asked: this.#asked, rows, next, total, topRow: this.#grid?.topRow ?? 0 })
  }

  get #grid(): DataGrid | null {
    return this.renderRoot.querySelector('pl-data-grid')
  }

  /** Column objects stay the same as long as what they show does: the grid draws all cells anew otherwise. */
  #columnsOf(meta: EntityMeta, members: MemberNames): readonly GridColumn[] {
    const made = [meta, members, locale.value]
    if (made.some((part, index) => part !== this.#columnsFor[index])) {
      this.#columns = listColumns(meta, members)
      this.#columnsFor = made
    }
    return this.#columns
  }

  #change(meta: EntityMeta, changes: Partial<ListState>): void {
    setQuery(writeState(meta, { ...this.#state, ...changes }))
  }

  #count(meta: EntityMeta): string {
    const count = this.#pages.total
    // What failed has no count; the one of before belongs to another question.
    if (count === undefined || this.#pages.problem) return ' '
    if (isFiltered(this.#state)) return t('list.found', { count })
    return t('list.count', { count, name: inSentence(count === 1 ? meta.label : meta.labelPlural) })
  }

  #create(meta: EntityMeta, place: 'actions' | 'action' | 'corner'): unknown {
    if (!meta.can.includes('create')) return nothing
    // What the list is narrowed to is what the new record will most likely be.
    const prefill = new URLSearchParams(this.#state.filters).toString()
    return html`<a
      class="pl-button primary create ${place}"
      slot=${place === 'corner' ? nothing : place}
      href=${href(`${meta.path}/new${prefill && `?${prefill}`}`)}
    >
      <pl-icon name="plus"></pl-icon>${t('action.create', { name: inSentence(meta.label) })}
    </a>`
  }

  #transfer(meta: EntityMeta): unknown {
    const { q, sort } = this.#state
    const filter = toFilter(meta, this.#state)
    return renderTransferMenu(meta, { q, sort: sort || meta.list.sort, filter, total: this.#pages.total })
  }

  #choosing(meta: EntityMeta): unknown {
    const some = (this.#pages.rows?.length ?? 0) > 0
    const deeds = chosenActions(meta).length > 0 || meta.can.includes('update') || meta.can.includes('delete')
    if (!some || !deeds) return nothing
    return chooseButton(this)
  }

  #actions(meta: EntityMeta): unknown {
    const run = async (action: ActionMeta): Promise<void> => {
      if (await runListAction(meta, action)) void this.#pages.reload()
    }
    return renderActions(listActions(meta), run, false)
  }

  #bulk(meta: EntityMeta): unknown {
    const { chosen } = this
    if (!chosen) return nothing
    return html`<pl-bulk-bar
      .meta=${meta}
      .records=${(this.#pages.rows ?? []).filter(({ id }) => chosen.has(id))}
      .changed=${(ids: ReadonlySet<string>) => {
        this.chosen &&= ids
        void this.#pages.reload()
      }}
      @leave=${() => (this.chosen = undefined)}
    ></pl-bulk-bar>`
  }

  #trash(meta: EntityMeta): unknown {
    if (!meta.trash) return nothing
    return html`<a
      slot="actions"
      class="pl-button ghost icon"
      href=${href(`${meta.path}/trash`)}
      aria-label=${t('trash.heading', { name: pick(meta.labelPlural) })}
      title=${t('trash.open')}
    >
      <pl-icon name="trash-2"></pl-icon>
    </a>`
  }

  /** For those who may add fields to the entity. */
  #extend(meta: EntityMeta): unknown {
    if (!meta.extend) return nothing
    return html`<a
      slot="actions"
      class="pl-button ghost icon"
      href=${href(`/admin/custom-fields/${meta.id.replace('.', '/')}`)}
      aria-label=${t('list.extend')}
      title=${t('list.extend')}
    >
      <pl-icon name="list-plus"></pl-icon>
    </a>`
  }

  #tools(meta: EntityMeta, members: MemberNames): unknown {
    const filters = renderFilters({
      meta,
      state: this.#state,
      set: (field, value) => {
        const { [field]: _, ...rest } = this.#state.filters
        this.#change(meta, { filters: value ? { ...rest, [field]: value } : rest })
      },
    })
    const order = renderSortMenu(this.#columnsOf(meta, members), this.#state.sort || meta.list.sort, (sort) =>
      this.#change(meta, { sort }),
    )
    return html`<div class="tools">
      ${
        meta.list.searchable
          ? html`<pl-search-box
              .value=${this.#state.q}
              .label=${t('list.search', { name: inSentence(meta.labelPlural) })}
              @search=${(event: CustomEvent<string>) => this.#change(meta, { q: event.detail })}
            ></pl-search-box>`
          : nothing
      }
      ${filters}${order}
    </div>`
  }

  #nothing(meta: EntityMeta): unknown {
    if (!isFiltered(this.#state)) {
      return html`<pl-empty
        .icon=${meta.icon}
        .hue=${hueOf(meta.id)}
        heading=${t('list.empty.heading', { name: inSentence(meta.labelPlural) })}
        text=${t('list.empty.text')}
      >
        ${this.#create(meta, 'action')}
        ${
          importable(meta)
            ? html`<a slot="action" class="pl-button ghost" href=${href(`${meta.path}/import`)}
                >${t('transfer.import')}</a
              >`
            : nothing
        }
      </pl-empty>`
    }
    return html`<pl-empty icon="search-x" heading=${t('list.none.heading')} text=${t('list.none.text')}>
      <button slot="action" class="pl-button" @click=${() => this.#change(meta, { q: '', filters: {} })}>
        ${t('list.reset')}
      </button>
    </pl-empty>`
  }

  #rows(meta: EntityMeta, members: MemberNames): unknown {
    const pages = this.#pages
    if (pages.problem)
      return html`<pl-error .error=${pages.problem} @retry=${() => void pages.reload()}></pl-error>`
    if (!pages.rows) return html`<pl-skeleton kind="list"></pl-skeleton>`
    if (pages.rows.length === 0) return this.#nothing(meta)
    return html`<pl-data-grid
      class=${pages.loading ? 'stale' : ''}
      .columns=${this.#columnsOf(meta, members)}
      .rows=${pages.rows}
      .sort=${this.#state.sort || meta.list.sort}
      .label=${pick(meta.labelPlural)}
      .hrefOf=${this.#hrefOf}
      .selected=${this.chosen}
      @select-change=${(event: CustomEvent<ReadonlySet<string>>) => (this.chosen = event.detail)}
      ?more=${pages.next !== null}
      ?more-failed=${pages.moreFailed}
      @more=${() => void pages.more()}
      @sort-change=${(event: CustomEvent<string>) => this.#change(meta, { sort: event.detail })}
    ></pl-data-grid>`
  }

  readonly #hrefOf = (row: { readonly id: string }): string => `${this.#meta.value?.meta.path}/${row.id}`

  override render(): unknown {
    // Read here, because only what drawing reads is followed; `willUpdate` acts on it.
    void query.value
    void path.value
    const { problem, value } = this.#meta
    if (problem) return renderFailure(this.entityId, problem, () => void this.#meta.reload())
    if (!value) return renderWaiting(this.entityId, 'page')
    const { meta, members } = value
    return html`
      <pl-page-header heading=${pick(meta.labelPlural)} subheading=${this.#count(meta)}>
        ${this.#choosing(meta)} ${this.#trash(meta)} ${this.#extend(meta)} ${this.#transfer(meta)}
        ${this.#actions(meta)} ${this.#create(meta, 'actions')}
        <div slot="below">${this.#tools(meta, members)}</div>
      </pl-page-header>
      <p class="pl-sr-only" role="status">${this.#pages.loading ? '' : this.#count(meta)}</p>
      ${this.#rows(meta, members)} ${this.chosen ? this.#bulk(meta) : this.#create(meta, 'corner')}
    `
  }
}

customElements.define('pl-entity-list', EntityList)
