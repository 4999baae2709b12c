import type { TotpDocument } from '@plinth/sdk'
import { Resource } from '@plinth/ui'
import { css, html } from 'lit'
import { CodeSetup } from './code-setup.ts'
import { beginTotp, confirmTotp } from './second-factor-api.ts'
import { t } from './texts.ts'

/** Sets up an authenticator app: picture to scan, key to type, code to confirm. */
export class TotpSetup extends CodeSetup {
  readonly #totp = new Resource<TotpDocument>(this, () => beginTotp(t('setup.name')))

  static override styles = [
    ...CodeSetup.styles,
    css`
      .picture {
        justify-self: center;
        width: 196px;
        padding: 14px;
        border: 1px solid var(--pl-hairline);
        border-radius: var(--pl-radius-l);
        background: #fff;
      }
      .picture svg {
        display: block;
        width: 100%;
      }
      .key {
        display: block;
        margin-top: 4px;
        color: var(--pl-text);
        font: 500 var(--pl-size-13) / 20px var(--pl-font-mono);
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ]

  override render(): unknown {
    return this.#totp.render(({ id, secret, picture }) => {
      const drawing = new DOMParser().parseFromString(picture, 'image/svg+xml').documentElement
      drawing.setAttribute('aria-hidden', 'true')
      return html`<p class="note">${t('setup.scan')}</p>
        <div class="picture">${drawing}</div>
        <p class="note">
          ${t('setup.manual')} <span class="key">${secret.replaceAll(/(.{4})(?!$)/g, '$1 ')}</span>
        </p>
        ${this.codeForm(t('setup.code'), (code) => confirmTotp(id, code))}`
    })
  }
}

customElements.define('pl-totp-setup', TotpSetup)
