import type { SamlProviderDocument, SignOnCertificate, SignOnProviderDocument } from '@plinth/sdk'
import { asProblem, confirm, fmt, PlinthElement, toast } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
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

  static override styles = css`
    :host {
      display: grid;
      gap: 4px;
      margin-block: 4px 18px;
      padding: 12px 14px;
      border: 1px dashed var(--pl-hairline-strong);
      border-radius: var(--pl-radius-m);
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 19px;
    }
    code,
    a {
      overflow-wrap: anywhere;
    }
    code {
      margin-block-end: 6px;
      color: var(--pl-text);
    }
    p {
      overflow-wrap: anywhere;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin-block-start: 6px;
    }
  `

  #key(said: KeyWords, { fingerprint, endsAt }: SignOnCertificate): unknown {
    const short = fingerprint.split(':').slice(0, 8).join(':')
    return html`<p title=${fingerprint}>
      ${t(said, { fingerprint: `${short}…`, date: fmt.date(endsAt.slice(0, 10)) })}
    </p>`
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
    return html`<span>${t('signOn.redirect', { name: provider.name })}</span>
      <code>${provider.redirectUri}</code>
      ${
        provider.kind === 'saml'
          ? html`<span>${t('signOn.entityId')}</span>
              <code>${provider.entityId}</code>
              ${this.#keys(provider)}`
          : nothing
      }`
  }
}

customElements.define('pl-provider-addresses', ProviderAddresses)
