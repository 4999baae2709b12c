import type { ActionMeta, EntityMeta } from '@plinth/sdk'
import { asProblem, common, confirm, pick, PlinthElement, toast, type AnyRecord } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { problemSentence } from '../problem-sentence.ts'
import { deleteAll, restoreAll, setField, type BulkOutcome } from './bulk-changes.ts'
import { chosenActions, runListAction, tooFewOrMany } from './list-actions.ts'
import { sharedFields } from './shared-fields.ts'
import { t } from './texts.ts'

/**
 * What can be done with the chosen records at once.
 *
 * @fires leave nothing is to be chosen any more
 */
export class BulkBar extends PlinthElement {
  static override properties: PropertyDeclarations = {
    meta: { attribute: false },
    records: { attribute: false },
    changed: { attribute: false },
    busy: { state: true },
  }
  declare meta: EntityMeta
  /** The chosen ones. */
  declare records: readonly AnyRecord[]
  /** Told that records are other than shown, with the ids to stay chosen; also when the bar has gone and a deed is undone. */
  declare changed: (ids: ReadonlySet<string>) => void
  declare busy: boolean

  static override styles = css`
    :host {
      position: sticky;
      inset-block-end: 0;
      z-index: 5;
      flex: none;
      display: block;
      padding: 10px var(--pl-gutter) calc(10px + env(safe-area-inset-bottom));
      border-block-start: 1px solid var(--pl-hairline);
      background: var(--pl-sheet);
    }
    div {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
    }
    p {
      flex: 1;
      font-weight: 550;
      font-variant-numeric: tabular-nums;
    }
    @media (max-width: 560px) {
      p {
        flex-basis: calc(100% - 60px);
      }
      .leave {
        order: 1;
      }
      .pl-button:not(.leave) {
        flex: 1;
        order: 2;
      }
    }
  `

  constructor() {
    super()
    this.records = []
    this.busy = false
  }

  /** One deed at a time, told about when it is done. */
  async #do(
    deed: () => Promise<BulkOutcome>,
    said: (outcome: BulkOutcome) => void,
    refused: string,
  ): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      const outcome = await deed()
      // What was refused stays chosen: it may be tried otherwise.
      this.changed(new Set(outcome.refused.map(({ record }) => record.id)))
      if (outcome.refused.length === 0) return said(outcome)
      const { showRefusals } = await import('./bulk-refusals.ts')
      await showRefusals(this.meta, outcome, refused)
    } catch (error) {
      toast(problemSentence(asProblem(error)), { tone: 'danger' })
      this.changed(new Set(this.records.map(({ id }) => id)))
    } finally {
      this.busy = false
    }
  }

  async #set(): Promise<void> {
    const { meta, records } = this
    const { askField } = await import('./ask-field.ts')
    const wish = await askField(meta, records.length)
    if (!wish) return
    const name = pick(wish.field.label)
    await this.#do(
      () => setField(meta, records, wish.field.name, wish.value),
      ({ done }) => toast(t('bulk.set.done', { count: done.length, name }), { tone: 'positive' }),
      t('bulk.set.refused'),
    )
  }

  async #delete(): Promise<void> {
    const { meta, records } = this
    const sure = await confirm({
      heading: t('bulk.delete.heading', { count: records.length }),
      text: meta.trash ? t('bulk.delete.toTrash', { days: meta.trash.keepDays }) : t('delete.text'),
      confirm: meta.trash ? common('common.delete') : t('delete.confirm'),
      danger: true,
    })
    if (!sure) return
    await this.#do(
      () => deleteAll(meta, records),
      (outcome) => this.#deleted(outcome),
      t('bulk.delete.refused'),
    )
  }

  #deleted({ done }: BulkOutcome): void {
    const { meta } = this
    const text = t('bulk.delete.done', { count: done.length })
    if (!meta.trash?.restore) return toast(text)
    const back = (): Promise<void> =>
      this.#do(
        () => restoreAll(meta, done),
        (outcome) => toast(t('bulk.restored', { count: outcome.done.length }), { tone: 'positive' }),
        t('bulk.restore.refused'),
      )
    toast(text, { action: { label: common('common.undo'), run: back } })
  }

  async #act(action: ActionMeta): Promise<void> {
    if (this.busy) return
    this.busy = true
    if (await runListAction(this.meta, action, this.records)) this.changed(new Set())
    this.busy = false
  }

  #actions(): unknown {
    const { meta, records, busy } = this
    return chosenActions(meta).map((action) => {
      const hindrance = tooFewOrMany(action, records.length)
      return html`<button
        class="pl-button"
        type="button"
        title=${hindrance ?? nothing}
        ?disabled=${busy || hindrance !== undefined}
        @click=${() => void this.#act(action)}
      >
        ${action.icon ? html`<pl-icon name=${action.icon}></pl-icon>` : nothing}${pick(action.label)}
      </button>`
    })
  }

  override render(): unknown {
    const { meta, records, busy } = this
    const none = records.length === 0 || busy
    return html`<div role="toolbar" aria-label=${t('bulk.label')}>
      <p role="status">${t('bulk.count', { count: records.length })}</p>
      ${this.#actions()}
      ${
        meta.can.includes('update') && sharedFields(meta).length > 0
          ? html`<button class="pl-button" type="button" ?disabled=${none} @click=${() => void this.#set()}>
              <pl-icon name="pencil"></pl-icon>${t('bulk.set')}
            </button>`
          : nothing
      }
      ${
        meta.can.includes('delete')
          ? html`<button
              class="pl-button"
              type="button"
              ?disabled=${none}
              @click=${() => void this.#delete()}
            >
              <pl-icon name="trash-2"></pl-icon>${common('common.delete')}
            </button>`
          : nothing
      }
      <button
        class="pl-button ghost icon leave"
        type="button"
        aria-label=${t('bulk.leave')}
        title=${t('bulk.leave')}
        @click=${() => this.dispatchEvent(new Event('leave'))}
      >
        <pl-icon name="x"></pl-icon>
      </button>
    </div>`
  }
}

customElements.define('pl-bulk-bar', BulkBar)
