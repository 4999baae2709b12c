import type { ActionMeta } from '@plinth/sdk'
import { common, confirm, pick, toast } from '@plinth/ui'
import { html, nothing } from 'lit'
import { deleteAll, restoreAll, setField, type BulkOutcome } from './bulk-changes.ts'
import { ChosenBar } from './chosen-bar.ts'
import { chosenActions, runListAction, tooFewOrMany } from './list-actions.ts'
import { sharedFields } from './shared-fields.ts'
import { t } from './texts.ts'

/** What can be done with the chosen records of a list at once. */
export class BulkBar extends ChosenBar {
  #asking = false

  async #set(): Promise<void> {
    const { meta, records } = this
    const { askField } = await import('./ask-field.ts')
    const wish = await askField(meta, records.length)
    if (!wish) return
    const name = pick(wish.field.label)
    await this.run(
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
    await this.run(
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
      this.run(
        () => restoreAll(meta, done),
        (outcome) => toast(t('bulk.restored', { count: outcome.done.length }), { tone: 'positive' }),
        t('bulk.restore.refused'),
      )
    toast(text, { action: { label: common('common.undo'), run: back } })
  }

  async #act(action: ActionMeta): Promise<void> {
    // Not `busy`: a button that is off could not be given the focus back when the dialog closes.
    if (this.busy || this.#asking) return
    this.#asking = true
    try {
      if (await runListAction(this.meta, action, this.records)) this.changed(new Set())
    } finally {
      this.#asking = false
    }
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
    const { meta } = this
    return this.bar(
      (off) =>
        html`${this.#actions()}
        ${
          meta.can.includes('update') && sharedFields(meta).length > 0
            ? html`<button class="pl-button" type="button" ?disabled=${off} @click=${() => void this.#set()}>
                <pl-icon name="pencil"></pl-icon>${t('bulk.set')}
              </button>`
            : nothing
        }
        ${
          meta.can.includes('delete')
            ? html`<button
                class="pl-button"
                type="button"
                ?disabled=${off}
                @click=${() => void this.#delete()}
              >
                <pl-icon name="trash-2"></pl-icon>${common('common.delete')}
              </button>`
            : nothing
        }`,
    )
  }
}

customElements.define('pl-bulk-bar', BulkBar)
