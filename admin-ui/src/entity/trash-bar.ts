import { confirm, toast } from '@plinth/ui'
import { html, nothing } from 'lit'
import { purgeAll, restoreAll } from './bulk-changes.ts'
import { ChosenBar } from './chosen-bar.ts'
import { t } from './texts.ts'

/** What can be done with the chosen records of a trash at once: bring them back, or remove them for good. */
export class TrashBar extends ChosenBar {
  async #restore(): Promise<void> {
    const { meta, records } = this
    await this.run(
      () => restoreAll(meta, records),
      ({ done }) => toast(t('bulk.restored', { count: done.length }), { tone: 'positive' }),
      t('bulk.restore.refused'),
    )
  }

  async #purge(): Promise<void> {
    const { meta, records } = this
    const sure = await confirm({
      heading: t('bulk.purge.heading', { count: records.length }),
      text: t('delete.text'),
      confirm: t('trash.purge'),
      danger: true,
    })
    if (!sure) return
    await this.run(
      () => purgeAll(meta, records),
      ({ done }) => toast(t('trash.emptied', { count: done.length })),
      t('bulk.purge.refused'),
    )
  }

  override render(): unknown {
    const { trash } = this.meta
    return this.bar(
      (off) =>
        html`${
          trash?.restore
            ? html`<button
                class="pl-button"
                type="button"
                ?disabled=${off}
                @click=${() => void this.#restore()}
              >
                <pl-icon name="undo-2"></pl-icon>${t('trash.restore')}
              </button>`
            : nothing
        }
        ${
          trash?.purge
            ? html`<button
                class="pl-button"
                type="button"
                ?disabled=${off}
                @click=${() => void this.#purge()}
              >
                <pl-icon name="trash-2"></pl-icon>${t('trash.purge')}
              </button>`
            : nothing
        }`,
    )
  }
}

customElements.define('pl-trash-bar', TrashBar)
