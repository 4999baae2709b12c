import type { EntityMeta, TrashEmptied, TrashMeta } from '@plinth/sdk'
import {
  api,
  asProblem,
  confirm,
  fmt,
  hueOf,
  pick,
  PlinthElement,
  Resource,
  restoreRecord,
  toast,
  type AnyRecord,
} from '@plinth/ui'
import { selectAllBox, selectBox, selectionStyles, type Selection } from '@plinth/ui/data-grid'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { problemSentence } from '../problem-sentence.ts'
import { toastProblem } from '../toast-problem.ts'
import { chooseButton } from './choose-button.ts'
import { entityTrashStyles } from './entity-trash.styles.ts'
import type { MemberNames } from './list-columns.ts'
import { memberNames } from './members.ts'
import { recordName, recordNumber } from './record-name.ts'
import { RecordPages } from './record-pages.ts'
import { renderFailure, renderWaiting } from './screen-frame.ts'
import { t } from './texts.ts'
import './trash-bar.ts'

/** What was deleted of an entity: when, by whom, and the ways back or out. */
export class EntityTrash extends PlinthElement {
  static override properties: PropertyDeclarations = {
    entityId: { attribute: false },
    busy: { state: true },
    chosen: { state: true },
  }
  declare entityId: string
  declare busy: boolean
  /** Ids of chosen records while several are being chosen. */
  declare chosen: ReadonlySet<string> | undefined

  readonly #pages = new RecordPages(this)
  readonly #meta = new Resource(
    this,
    async (signal): Promise<{ meta: EntityMeta; members: MemberNames }> => {
      const meta = await api.get<EntityMeta>(`/api/v1/meta/${this.entityId.replace('.', '/')}`, { signal })
      if (meta.trash) void this.#pages.load(`${meta.api}/trash`, {})
      return { meta, members: await memberNames() }
    },
    () => [this.entityId],
  )

  static override styles = [selectionStyles, entityTrashStyles]

  constructor() {
    super()
    this.busy = false
  }

  /** One deed at a time; afterwards the list is read again, and the keyboard goes on where it was. */
  async #do(deed: () => Promise<unknown>, row?: number): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      await deed()
      await this.#pages.reload()
    } finally {
      this.busy = false
    }
    if (row === undefined) return
    await this.updateComplete
    const rows = this.renderRoot.querySelectorAll<HTMLElement>('li')
    const next = rows[Math.min(row, rows.length - 1)]
    ;(next?.querySelector('button') ?? this.renderRoot.querySelector<HTMLElement>('pl-empty'))?.focus()
  }

  async #askPurge(meta: EntityMeta, id: string, name: string, index: number): Promise<void> {
    const sure = await confirm({
      heading: t('trash.purge.heading', { name }),
      text: t('delete.text'),
      confirm: t('trash.purge'),
      danger: true,
    })
    if (sure) await this.#do(() => this.#purge(meta, id, name), index)
  }

  async #purge(meta: EntityMeta, id: string, name: string): Promise<void> {
    try {
      await api.delete(`${meta.api}/trash/${id}`)
      toast(t('trash.purged', { name }))
    } catch (error) {
      const problem = asProblem(error)
      const inUse = problem.code === 'still_referenced'
      toast(inUse ? t('trash.inUse', { name }) : problemSentence(problem), { tone: 'danger' })
    }
  }

  async #askEmpty(meta: EntityMeta): Promise<void> {
    const sure = await confirm({
      heading: t('trash.empty.sure'),
      text: t('delete.text'),
      confirm: t('trash.empty.do'),
      danger: true,
    })
    if (sure) await this.#do(() => this.#empty(meta), 0)
  }

  async #empty(meta: EntityMeta): Promise<void> {
    try {
      const { purged, kept } = await emptyTrash(meta)
      const said = [
        ...(purged > 0 || kept === 0 ? [t('trash.emptied', { count: purged })] : []),
        ...(kept > 0 ? [t('trash.keptBack', { count: kept })] : []),
      ]
      toast(`${said.join('. ')}.`)
    } catch (error) {
      toastProblem(asProblem(error))
    }
  }

  #row(meta: EntityMeta, trash: TrashMeta, record: AnyRecord, members: MemberNames, index: number): unknown {
    const name = recordName(meta, record)
    const who = members.get(String(record['deletedBy']))
    const at = record['deletedAt'] as string
    const when = fmt.rel(at)
    return html`<li>
      ${this.#box(name, record)}
      <div class="what">
        <span class="name">${name}</span>
        <span class="number pl-mono">${recordNumber(meta, record)}</span>
        <span class="when" title=${fmt.datetime(at)}
          >${who ? t('trash.deletedBy', { when, who }) : t('trash.deleted', { when })}</span
        >
      </div>
      <div class="deeds" ?hidden=${this.chosen !== undefined}>
        ${
          trash.restore
            ? html`<button
                class="pl-button"
                aria-label=${t('trash.restoreOf', { name })}
                ?disabled=${this.busy}
                @click=${() => void this.#do(() => restoreRecord(meta, record.id), index)}
              >
                <pl-icon name="undo-2"></pl-icon>${t('trash.restore')}
              </button>`
            : nothing
        }
        ${
          trash.purge
            ? html`<button
                class="pl-button ghost icon"
                aria-label=${t('trash.purgeOf', { name })}
                title=${t('trash.purge')}
                ?disabled=${this.busy}
                @click=${() => void this.#askPurge(meta, record.id, name, index)}
              >
                <pl-icon name="trash-2"></pl-icon>
              </button>`
            : nothing
        }
      </div>
    </li>`
  }

  #box(name: string, record: AnyRecord): unknown {
    if (!this.chosen) return nothing
    return selectBox(this.#selection, [{ key: 'name', label: '', kind: 'text', value: () => name }], record)
  }

  get #selection(): Selection {
    return { ids: this.chosen ?? new Set(), change: (ids) => (this.chosen = ids) }
  }

  /** Several at once, for those who may do anything with them. */
  #choosing({ restore, purge }: TrashMeta): unknown {
    if (!(restore || purge) || (this.#pages.rows?.length ?? 0) === 0) return nothing
    return chooseButton(this)
  }

  #bar(meta: EntityMeta): unknown {
    const { chosen } = this
    if (!chosen) return nothing
    return html`<pl-trash-bar
      .meta=${meta}
      .records=${(this.#pages.rows ?? []).filter(({ id }) => chosen.has(id))}
      .changed=${(ids: ReadonlySet<string>) => void this.#keep(ids)}
      @leave=${() => (this.chosen = undefined)}
    ></pl-trash-bar>`
  }

  /** What was refused stays chosen; where nothing is left, nothing is to be chosen either. */
  async #keep(ids: ReadonlySet<string>): Promise<void> {
    this.chosen &&= ids
    await this.#pages.reload()
    if (this.#pages.rows?.length !== 0) return
    this.chosen = undefined
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('pl-empty')?.focus()
  }

  #rows(meta: EntityMeta, trash: TrashMeta, members: MemberNames): unknown {
    const { problem, rows, next } = this.#pages
    if (problem)
      return html`<pl-error .error=${problem} @retry=${() => void this.#pages.reload()}></pl-error>`
    if (!rows) return html`<pl-skeleton kind="list"></pl-skeleton>`
    if (rows.length === 0)
      return html`<pl-empty
        icon="trash-2"
        tabindex="-1"
        .hue=${hueOf(meta.id)}
        heading=${t('trash.empty.heading')}
        text=${t('trash.empty.text')}
      ></pl-empty>`
    return html`${
        this.chosen
          ? html`<div class="all">
              ${selectAllBox(this.#selection, rows)}<span aria-hidden="true">${t('trash.all')}</span>
            </div>`
          : nothing
      }
      <ul>
        ${repeat(
          rows,
          ({ id }) => id,
          (record, index) => this.#row(meta, trash, record, members, index),
        )}
      </ul>
      ${
        next === null
          ? nothing
          : html`<button class="pl-button more" @click=${() => void this.#pages.more()}>
              ${t('trash.more')}
            </button>`
      }`
  }

  override render(): unknown {
    const { problem, value } = this.#meta
    if (problem) return renderFailure(this.entityId, problem, () => void this.#meta.reload(), 'list')
    if (!value) return renderWaiting(this.entityId, 'page')
    const { meta, members } = value
    const heading = t('trash.heading', { name: pick(meta.labelPlural) })
    const { trash } = meta
    if (!trash)
      return html`<pl-page-header heading=${heading} back=${meta.path}></pl-page-header>
        <pl-empty
          icon="trash-2"
          heading=${t('trash.empty.none')}
          text=${t('trash.empty.noneText')}
        ></pl-empty>`
    const count = this.#pages.total
    return html`
      <pl-page-header
        heading=${heading}
        subheading=${t('trash.kept', { days: trash.keepDays })}
        back=${meta.path}
      >
        ${this.#choosing(trash)}
        ${
          trash.purge && (this.#pages.rows?.length ?? 0) > 0
            ? html`<button
                slot="actions"
                class="pl-button"
                ?disabled=${this.busy}
                @click=${() => void this.#askEmpty(meta)}
              >
                <pl-icon name="trash-2"></pl-icon>${t('trash.empty.do')}
              </button>`
            : nothing
        }
      </pl-page-header>
      <p class="pl-sr-only" role="status">${count === undefined ? '' : t('trash.count', { count })}</p>
      ${this.#rows(meta, trash, members)} ${this.#bar(meta)}
    `
  }
}

/** The server removes as many as go at once; it is asked until nothing more goes. */
async function emptyTrash(meta: EntityMeta): Promise<{ purged: number; kept: number }> {
  let purged = 0
  for (;;) {
    const answer = await api.delete<TrashEmptied>(`${meta.api}/trash`)
    purged += answer.purged
    if (!answer.more) return { purged, kept: answer.kept }
  }
}

customElements.define('pl-entity-trash', EntityTrash)
