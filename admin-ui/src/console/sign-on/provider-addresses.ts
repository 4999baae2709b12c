import type { SamlProviderDocument, SignOnCertificate, SignOnProviderDocument } from '@plinth/sdk'
import { asProblem, confirm, fmt, PlinthElement, toast } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
import { changeProvider } from './sign-on-api.ts'
import { t } from './texts.ts'

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
    button {
      justify-self: start;
      margin-block-start: 6px;
    }
  `

  #key(said: 'signOn.certificate' | 'signOn.theirs', { fingerprint, endsAt }: SignOnCertificate): unknown {
    const short = fingerprint.split(':').slice(0, 8).join(':')
    return html`<p title=${fingerprint}>
      ${t(said, { fingerprint: `${short}…`, date: fmt.date(endsAt.slice(0, 10)) })}
    </p>`
  }

  async #renew(provider: SamlProviderDocument): Promise<void> {
    const { name } = provider
    const sure = await confirm({
      heading: t('signOn.renew.heading', { name }),
      text: t('signOn.renew.text', { name }),
      confirm: t('signOn.renew.do'),
      danger: true,
    })
    if (!sure) return
    try {
      const renewed = await changeProvider(provider, { renewKey: true })
      toast(t('signOn.renewed', { name }), { tone: 'positive' })
      this.dispatchEvent(new CustomEvent('renewed', { detail: renewed }))
    } catch (error) {
      toastProblem(asProblem(error))
    }
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
              ${this.#key('signOn.certificate', provider.certificate)}
              ${provider.certificates.map((each) => this.#key('signOn.theirs', each))}
              <button type="button" class="pl-button" @click=${() => void this.#renew(provider)}>
                ${t('signOn.renew')}
              </button>`
          : nothing
      }`
  }
}

customElements.define('pl-provider-addresses', ProviderAddresses)
