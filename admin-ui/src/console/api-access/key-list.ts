import type { ApiKeyDocument } from '@plinth/sdk'
import { asProblem, confirm, fmt, PlinthElement, Resource, toast, type MenuItem } from '@plinth/ui'
import { html, nothing } from 'lit'
import { problemSentence } from '../../problem-sentence.ts'
import { apiAccessStyles } from './api-access.styles.ts'
import './key-dialog.ts'
import type { KeyDialog } from './key-dialog.ts'
import { fetchKeys, revokeKey, rotateKey } from './keys-api.ts'
import './secret-dialog.ts'
import type { SecretDialog } from './secret-dialog.ts'
import { t } from './texts.ts'

/** The workspace's API keys. */
export class KeyList extends PlinthElement {
  readonly #keys = new Resource<readonly ApiKeyDocument[]>(this, (signal) => fetchKeys({ signal }))

  static override styles = apiAccessStyles

  get #dialog(): KeyDialog | null {
    return this.renderRoot.querySelector('pl-key-dialog')
  }

  async #tell(name: string, key: string): Promise<void> {
    await this.#keys.reload()
    const values = [{ label: t('keys.title'), value: key }]
    const heading = t('keys.secret', { name })
    await this.renderRoot
      .querySelector<SecretDialog>('pl-secret-dialog')
      ?.show({ heading, text: t('keys.secret.text'), values })
  }

  async #run(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      toast(problemSentence(asProblem(error)), { tone: 'danger' })
      await this.#keys.reload()
    }
  }

  async #rotate({ id, name }: ApiKeyDocument): Promise<void> {
    const sure = await confirm({
      heading: t('keys.rotate.heading', { name }),
      text: t('keys.rotate.text'),
      confirm: t('keys.rotate.do'),
    })
    if (sure) await this.#run(async () => this.#tell(name, (await rotateKey(id)).key))
  }

  async #revoke({ id, name }: ApiKeyDocument): Promise<void> {
    const sure = await confirm({
      heading: t('keys.revoke.heading', { name }),
      text: t('keys.revoke.text'),
      confirm: t('keys.revoke.do'),
      danger: true,
    })
    if (!sure) return
    await this.#run(async () => {
      await revokeKey(id)
      toast(t('keys.revoked', { name }), { tone: 'positive' })
      await this.#keys.reload()
    })
  }

  #deeds(key: ApiKeyDocument): readonly MenuItem[] {
    return [
      { label: t('keys.change'), icon: 'pencil', run: () => this.#dialog?.show(key) },
      { label: t('keys.rotate'), icon: 'rotate-ccw', run: () => this.#rotate(key) },
      { label: t('keys.revoke'), icon: 'trash-2', danger: true, divided: true, run: () => this.#revoke(key) },
    ]
  }

  #state(key: ApiKeyDocument): unknown {
    if (key.status === 'idle')
      return html`<small class="refused">${t('keys.idle', { name: key.createdBy?.label || '–' })}</small>`
    if (key.status === 'expired') return html`<small class="refused">${t('keys.expired')}</small>`
    const facts = [
      key.createdBy ? t('keys.by', { name: key.createdBy.label }) : '',
      key.lastUsedAt ? t('keys.used', { time: fmt.datetime(key.lastUsedAt) }) : t('keys.unused'),
      key.expiresAt ? t('keys.endsOn', { date: fmt.datetime(key.expiresAt) }) : '',
    ]
    return html`<small>${facts.filter(Boolean).join(' · ')}</small>`
  }

  #row(key: ApiKeyDocument): unknown {
    return html`<li class="row">
      <span class="words">
        <strong>${key.name}</strong>
        ${key.hint ? html`<code>${key.hint}…</code>` : nothing} ${this.#state(key)}
      </span>
      <pl-menu label=${t('keys.menu', { name: key.name })} .items=${this.#deeds(key)}>
        <button
          slot="trigger"
          type="button"
          class="pl-button ghost icon"
          aria-label=${t('keys.menu', { name: key.name })}
        >
          <pl-icon name="ellipsis"></pl-icon>
        </button>
      </pl-menu>
    </li>`
  }

  override render(): unknown {
    const keys = this.#keys.value
    return html`<section aria-labelledby="keys">
      <div class="head">
        <div>
          <h2 id="keys">${t('keys.title')}</h2>
          <p class="hint">${t('keys.hint')}</p>
        </div>
        <button type="button" class="pl-button" @click=${() => void this.#dialog?.show()}>
          <pl-icon name="plus"></pl-icon>${t('keys.new')}
        </button>
      </div>
      ${
        keys
          ? keys.length === 0
            ? html`<p class="pl-card none">${t('keys.none')}</p>`
            : html`<ul class="pl-card rows" aria-labelledby="keys">
                ${keys.map((key) => this.#row(key))}
              </ul>`
          : this.#keys.render(() => nothing)
      }
      <pl-key-dialog
        @saved=${() => void this.#keys.reload()}
        @created=${(event: CustomEvent<{ name: string; key: string }>) =>
          void this.#tell(event.detail.name, event.detail.key)}
      ></pl-key-dialog>
      <pl-secret-dialog></pl-secret-dialog>
    </section>`
  }
}

customElements.define('pl-key-list', KeyList)
