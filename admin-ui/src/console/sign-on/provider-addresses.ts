import type { SignOnCertificate, SignOnProviderDocument } from '@plinth/sdk'
import { fmt, PlinthElement } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { t } from './texts.ts'

/** What is to be entered at a provider, and the keys the two know each other by. */
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
  `

  #key(said: 'signOn.certificate' | 'signOn.theirs', { fingerprint, endsAt }: SignOnCertificate): unknown {
    const short = fingerprint.split(':').slice(0, 8).join(':')
    return html`<p title=${fingerprint}>
      ${t(said, { fingerprint: `${short}…`, date: fmt.date(endsAt.slice(0, 10)) })}
    </p>`
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
              ${provider.certificates.map((each) => this.#key('signOn.theirs', each))}`
          : nothing
      }`
  }
}

customElements.define('pl-provider-addresses', ProviderAddresses)
