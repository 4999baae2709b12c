import type { SamlProviderDocument, SignOnCertificate, SignOnProviderDocument } from '@plinth/sdk'
import { asProblem, confirm, fmt, PlinthElement, toast } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { copyText } from '../../copy-text.ts'
import { toastProblem } from '../../toast-problem.ts'
import { addressStyles } from './provider-addresses.styles.ts'
import { changeProvider } from './sign-on-api.ts'
import { t } from './texts.ts'

type KeyWords =
  | 'signOn.certificate'
  | 'signOn.theirs'
  | 'signOn.encryptionKey'
  | 'signOn.encryptionKey.before'

/**
 * What is to be entered at a provider, and the keys the two know each other by.
 *
 * @fires renewed with the provider as `detail` when there is a new key of ours
 */
export class ProviderAddresses extends PlinthElement {
  static override properties: PropertyDeclarations = { provider: { attribute: false } }
  declare provider: SignOnProviderDocument

  static override styles = addressStyles

  #key(said: KeyWords, { fingerprint, endsAt }: SignOnCertificate): unknown {
    const short = fingerprint.split(':').slice(0, 8).join(':')
    return html`<p title=${fingerprint}>
      ${t(said, { fingerprint: `${short}…`, date: fmt.date(endsAt.slice(0, 10)) })}
    </p>`
  }

  #address(words: string, address: string): unknown {
    return html`<span>${words}</span>
      <div class="address">
        <code>${address}</code>
        <button
          type="button"
          class="pl-button ghost icon"
          aria-label=${t('signOn.copyThis', { what: words })}
          @click=${() => void copyText(address)}
        >
          <pl-icon name="copy"></pl-icon>
        </button>
      </div>`
  }

  async #renew(provider: SamlProviderDocument, what: 'renew' | 'renewEncryption'): Promise<void> {
    const { name } = provider
    const sure = await confirm({
      heading: t(`signOn.${what}.heading`, { name }),
      text: t(`signOn.${what}.text`, { name }),
      confirm: t('signOn.renew.do'),
      danger: what === 'renew',
    })
    if (!sure) return
    try {
      const wish = what === 'renew' ? { renewKey: true } : { renewEncryptionKey: true }
      const renewed = await changeProvider(provider, wish)
      toast(t('signOn.renewed', { name }), { tone: 'positive' })
      this.dispatchEvent(new CustomEvent('renewed', { detail: renewed }))
    } catch (error) {
      toastProblem(asProblem(error))
    }
  }

  #keys(provider: SamlProviderDocument): unknown {
    const [newest, before] = provider.encryptionCertificates
    const renew = (what: 'renew' | 'renewEncryption'): unknown =>
      html`<button type="button" class="pl-button" @click=${() => void this.#renew(provider, what)}>
        ${t(`signOn.${what}`)}
      </button>`
    return html`${this.#key('signOn.certificate', provider.certificate)}
      ${provider.certificates.map((each) => this.#key('signOn.theirs', each))}
      ${newest ? this.#key('signOn.encryptionKey', newest) : nothing}
      ${before ? this.#key('signOn.encryptionKey.before', before) : nothing}
      <div class="actions">${renew('renew')} ${newest ? renew('renewEncryption') : nothing}</div>`
  }

  override render(): unknown {
    const { provider } = this
    if (!provider) return nothing
    return html`${this.#address(t('signOn.redirect', { name: provider.name }), provider.redirectUri)}
    ${
      provider.kind === 'saml'
        ? html`${this.#address(t('signOn.entityId'), provider.entityId)} ${this.#keys(provider)}`
        : nothing
    }`
  }
}

customElements.define('pl-provider-addresses', ProviderAddresses)
