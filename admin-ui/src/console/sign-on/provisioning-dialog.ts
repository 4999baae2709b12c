import type { ProvisioningDocument, ScimTokenDocument, SignOnProviderDocument, SignOnRole } from '@plinth/sdk'
import { asProblem, common, confirm, fmt, pick, PlinthElement, toast, type PlDialog } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { copyText } from '../../copy-text.ts'
import { toastProblem } from '../../toast-problem.ts'
import '../api-access/secret-dialog.ts'
import type { SecretDialog } from '../api-access/secret-dialog.ts'
import { provisioningStyles } from './provisioning-dialog.styles.ts'
import { addScimToken, fetchProvisioning, removeScimToken } from './sign-on-api.ts'
import { t } from './texts.ts'

const DAY_MS = 86_400_000
/** Days a token is good for, by choice; null: it does not end by itself. */
const LIFETIMES = { year: 365, days90: 90, never: null } as const
const MOST_TOKENS = 2

type Lifetime = keyof typeof LIFETIMES

/** How a provider keeps members in step by SCIM: its address, its tokens, and what it has said. */
export class ProvisioningDialog extends PlinthElement {
  static override properties: PropertyDeclarations = {
    roles: { attribute: false },
    provider: { state: true },
    told: { state: true },
    lifetime: { state: true },
    busy: { state: true },
  }
  declare roles: readonly SignOnRole[]
  /** Undefined while the dialog is closed. */
  declare private provider: SignOnProviderDocument | undefined
  declare private told: ProvisioningDocument | undefined
  declare private lifetime: Lifetime
  declare private busy: boolean

  static override styles = provisioningStyles

  constructor() {
    super()
    this.roles = []
    this.lifetime = 'year'
    this.busy = false
  }

  async show(provider: SignOnProviderDocument): Promise<void> {
    await this.#run(async () => {
      this.told = await fetchProvisioning(provider)
      this.provider = provider
      await this.updateComplete
      await this.#dialog?.show()
    })
  }

  get #dialog(): PlDialog | null {
    return this.renderRoot.querySelector('pl-dialog')
  }

  async #run(work: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      await work()
    } catch (error) {
      toastProblem(asProblem(error))
    } finally {
      this.busy = false
    }
  }

  #add(provider: SignOnProviderDocument): Promise<void> {
    return this.#run(async () => {
      const days = LIFETIMES[this.lifetime]
      const ends = days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString()
      const { token } = await addScimToken(provider, ends)
      this.told = await fetchProvisioning(provider)
      await this.renderRoot.querySelector<SecretDialog>('pl-secret-dialog')?.show({
        heading: t('provisioning.token.made', { name: provider.name }),
        text: t('provisioning.token.text'),
        values: [
          { label: t('provisioning.address'), value: this.told.baseUrl },
          { label: t('provisioning.token.label'), value: token },
        ],
      })
    })
  }

  async #remove(provider: SignOnProviderDocument, { id, hint }: ScimTokenDocument): Promise<void> {
    const sure = await confirm({
      heading: t('provisioning.token.remove.heading', { hint }),
      text: t('provisioning.token.remove.text'),
      confirm: t('provisioning.token.remove.confirm'),
      danger: true,
    })
    if (!sure) return
    await this.#run(async () => {
      await removeScimToken(provider, id)
      toast(t('provisioning.token.removed'), { tone: 'positive' })
      this.told = await fetchProvisioning(provider)
    })
  }

  #token(provider: SignOnProviderDocument, token: ScimTokenDocument): unknown {
    const { hint, lastUsedAt, expiresAt } = token
    const ended = expiresAt !== null && Date.parse(expiresAt) <= Date.now()
    const date = expiresAt === null ? '' : fmt.date(expiresAt.slice(0, 10))
    const facts = [
      lastUsedAt
        ? t('provisioning.token.used', { time: fmt.datetime(lastUsedAt) })
        : t('provisioning.token.unused'),
      ...(date === '' ? [] : [t(ended ? 'provisioning.token.ended' : 'provisioning.token.endsOn', { date })]),
    ]
    return html`<li>
      <span class="words"><code>${hint}…</code><small>${facts.join(' · ')}</small></span>
      <button
        type="button"
        class="pl-button ghost icon"
        aria-label=${t('provisioning.token.remove', { hint })}
        @click=${() => void this.#remove(provider, token)}
      >
        <pl-icon name="trash-2"></pl-icon>
      </button>
    </li>`
  }

  #tokens(provider: SignOnProviderDocument, { tokens }: ProvisioningDocument): unknown {
    const list =
      tokens.length === 0
        ? html`<p>${t('provisioning.tokens.none')}</p>`
        : html`<ul aria-labelledby="tokens">
            ${tokens.map((token) => this.#token(provider, token))}
          </ul>`
    if (tokens.length >= MOST_TOKENS)
      return html`${list}
        <p>${t('provisioning.tokens.full')}</p>`
    return html`${list}
      <div class="new">
        <select
          aria-label=${t('provisioning.token.ends')}
          @change=${(event: Event) => (this.lifetime = (event.currentTarget as HTMLSelectElement).value as Lifetime)}
        >
          ${(Object.keys(LIFETIMES) as Lifetime[]).map(
            (each) =>
              html`<option value=${each} ?selected=${each === this.lifetime}>
                ${t(`provisioning.token.${each}`)}
              </option>`,
          )}
        </select>
        <button type="button" class="pl-button" @click=${() => void this.#add(provider)}>
          <pl-icon name="plus"></pl-icon>${t('provisioning.token.new')}
        </button>
      </div>`
  }

  #groups({ groups }: ProvisioningDocument): unknown {
    if (groups.length === 0) return html`<p>${t('provisioning.groups.none')}</p>`
    const label = (role: string): string => {
      const known = this.roles.find(({ id }) => id === role)
      return known ? pick(known.label) : role
    }
    return html`<ul aria-labelledby="groups">
      ${groups.map(
        ({ name, members, roles }) =>
          html`<li>
            <span class="words">
              <strong>${name}</strong>
              <small>${t('provisioning.group.members', { count: members })}</small>
            </span>
            <span class="roles">
              ${roles.length === 0 ? t('provisioning.group.noRole') : roles.map(label).join(', ')}
            </span>
          </li>`,
      )}
    </ul>`
  }

  override render(): unknown {
    const { provider, told } = this
    if (!provider || !told) return nothing
    return html`<pl-dialog
        side
        .width=${560}
        heading=${t('provisioning.heading', { name: provider.name })}
        @close=${() => (this.provider = undefined)}
      >
        <p>${t('provisioning.intro')}</p>
        <h3>${t('provisioning.address')}</h3>
        <div class="address">
          <code>${told.baseUrl}</code>
          <button
            type="button"
            class="pl-button ghost icon"
            aria-label=${t('signOn.copy')}
            @click=${() => void copyText(this.told!.baseUrl)}
          >
            <pl-icon name="copy"></pl-icon>
          </button>
        </div>
        <h3 id="tokens">${t('provisioning.tokens')}</h3>
        ${this.#tokens(provider, told)}
        <h3 id="groups">${t('provisioning.groups')}</h3>
        <p>${t('provisioning.people', told.users)}</p>
        ${this.#groups(told)}
        <button slot="footer" type="button" class="pl-button" @click=${() => this.#dialog?.close()}>
          ${common('common.close')}
        </button>
      </pl-dialog>
      <pl-secret-dialog></pl-secret-dialog>`
  }
}

customElements.define('pl-provisioning-dialog', ProvisioningDialog)
