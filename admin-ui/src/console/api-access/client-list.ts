import type { ApiClientDocument } from '@plinth/sdk'
import { asProblem, confirm, fmt, PlinthElement, Resource, toast, type MenuItem } from '@plinth/ui'
import { html, nothing } from 'lit'
import { problemSentence } from '../../problem-sentence.ts'
import { apiAccessStyles } from './api-access.styles.ts'
import './client-dialog.ts'
import type { ClientDialog } from './client-dialog.ts'
import { fetchClients, removeClient, rotateClient, type ClientSecret } from './clients-api.ts'
import './secret-dialog.ts'
import type { SecretDialog } from './secret-dialog.ts'
import { t } from './texts.ts'

/** The programs that get tokens in this workspace. */
export class ClientList extends PlinthElement {
  readonly #clients = new Resource<readonly ApiClientDocument[]>(this, (signal) => fetchClients({ signal }))

  static override styles = apiAccessStyles

  get #dialog(): ClientDialog | null {
    return this.renderRoot.querySelector('pl-client-dialog')
  }

  async #tell(name: string, { id, secret }: ClientSecret): Promise<void> {
    await this.#clients.reload()
    const values = [
      { label: t('clients.id'), value: id },
      ...(secret === null ? [] : [{ label: t('clients.secret'), value: secret }]),
    ]
    const heading = t('clients.made', { name })
    await this.renderRoot
      .querySelector<SecretDialog>('pl-secret-dialog')
      ?.show({ heading, text: t('clients.secret.text'), values })
  }

  async #run(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      toast(problemSentence(asProblem(error)), { tone: 'danger' })
      await this.#clients.reload()
    }
  }

  async #rotate({ id, name }: ApiClientDocument): Promise<void> {
    const sure = await confirm({
      heading: t('keys.rotate.heading', { name }),
      text: t('keys.rotate.text'),
      confirm: t('keys.rotate.do'),
    })
    if (sure) await this.#run(async () => this.#tell(name, await rotateClient(id)))
  }

  async #remove({ id, name }: ApiClientDocument): Promise<void> {
    const sure = await confirm({
      heading: t('clients.remove.heading', { name }),
      text: t('clients.remove.text'),
      confirm: t('clients.remove.do'),
      danger: true,
    })
    if (!sure) return
    await this.#run(async () => {
      await removeClient(id)
      toast(t('clients.removed', { name }), { tone: 'positive' })
      await this.#clients.reload()
    })
  }

  #deeds(client: ApiClientDocument): readonly MenuItem[] {
    return [
      { label: t('keys.change'), icon: 'pencil', run: () => this.#dialog?.show(client) },
      { label: t('keys.rotate'), icon: 'rotate-ccw', run: () => this.#rotate(client) },
      {
        label: t('clients.remove'),
        icon: 'trash-2',
        danger: true,
        divided: true,
        run: () => this.#remove(client),
      },
    ]
  }

  #state(client: ApiClientDocument): unknown {
    if (client.status === 'idle')
      return html`<small class="refused">${t('keys.idle', { name: client.createdBy?.label || '–' })}</small>`
    const facts = [
      t(`clients.kind.${client.kind}`),
      client.createdBy ? t('keys.by', { name: client.createdBy.label }) : '',
      client.lastUsedAt ? t('keys.used', { time: fmt.datetime(client.lastUsedAt) }) : t('keys.unused'),
    ]
    return html`<small>${facts.filter(Boolean).join(' · ')}</small>`
  }

  #row(client: ApiClientDocument): unknown {
    return html`<li class="row">
      <span class="words">
        <strong>${client.name}</strong>
        <code>${client.id}</code> ${this.#state(client)}
      </span>
      <pl-menu label=${t('keys.menu', { name: client.name })} .items=${this.#deeds(client)}>
        <button
          slot="trigger"
          type="button"
          class="pl-button ghost icon"
          aria-label=${t('keys.menu', { name: client.name })}
        >
          <pl-icon name="ellipsis"></pl-icon>
        </button>
      </pl-menu>
    </li>`
  }

  override render(): unknown {
    const clients = this.#clients.value
    return html`<section aria-labelledby="clients">
      <div class="head">
        <div>
          <h2 id="clients">${t('clients.title')}</h2>
          <p class="hint">${t('clients.hint')}</p>
        </div>
        <button type="button" class="pl-button" @click=${() => void this.#dialog?.show()}>
          <pl-icon name="plus"></pl-icon>${t('clients.new')}
        </button>
      </div>
      ${
        clients
          ? clients.length === 0
            ? html`<p class="pl-card none">${t('clients.none')}</p>`
            : html`<ul class="pl-card rows" aria-labelledby="clients">
                ${clients.map((client) => this.#row(client))}
              </ul>`
          : this.#clients.render(() => nothing)
      }
      <pl-client-dialog
        @saved=${() => void this.#clients.reload()}
        @created=${(event: CustomEvent<ClientSecret & { readonly name: string }>) =>
          void this.#tell(event.detail.name, event.detail)}
      ></pl-client-dialog>
      <pl-secret-dialog></pl-secret-dialog>
    </section>`
  }
}

customElements.define('pl-client-list', ClientList)
