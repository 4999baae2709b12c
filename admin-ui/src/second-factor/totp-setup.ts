import type { TotpDocument } from '@plinth/sdk'
import { asProblem, PlinthElement, Resource } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { codeProblem } from './code-problem.ts'
import { FactorAddedEvent } from './factor-added.ts'
import { fieldStyles } from './field.styles.ts'
import { beginTotp, confirmTotp } from './second-factor-api.ts'
import { t } from './texts.ts'

/**
 * Sets up an authenticator app: picture to scan, key to type, code to confirm.
 *
 * @fires factor-added - FactorAddedEvent
 */
export class TotpSetup extends PlinthElement {
  static override properties: PropertyDeclarations = { message: { state: true }, busy: { state: true } }
  declare private message: string | undefined
  declare private busy: boolean
  readonly #totp = new Resource<TotpDocument>(this, () => beginTotp(t('setup.name')))

  static override styles = [
    fieldStyles,
    css`
      :host {
        display: grid;
        gap: 14px;
      }
      p {
        color: var(--pl-text-2);
        line-height: 21px;
      }
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

  async #submit(event: Event, id: string): Promise<void> {
    event.preventDefault()
    const input = this.renderRoot.querySelector('input')!
    this.busy = true
    this.message = undefined
    try {
      this.dispatchEvent(new FactorAddedEvent(await confirmTotp(id, input.value.trim())))
    } catch (error) {
      this.message = codeProblem(asProblem(error))
      input.select()
    } finally {
      this.busy = false
    }
  }

  override render(): unknown {
    return this.#totp.render(({ id, secret, picture }) => {
      const drawing = new DOMParser().parseFromString(picture, 'image/svg+xml').documentElement
      drawing.setAttribute('aria-hidden', 'true')
      return html`<p>${t('setup.scan')}</p>
        <div class="picture">${drawing}</div>
        <p>${t('setup.manual')} <span class="key">${secret.replaceAll(/(.{4})(?!$)/g, '$1 ')}</span></p>
        <form novalidate @submit=${(event: Event) => this.#submit(event, id)}>
          <div class="field">
            <label for="code">${t('setup.code')}</label>
            <input
              id="code"
              type="text"
              inputmode="numeric"
              autocomplete="one-time-code"
              maxlength="7"
              aria-invalid=${this.message !== undefined}
              aria-describedby=${this.message ? 'message' : nothing}
            />
          </div>
          ${this.message ? html`<p class="message" role="alert" id="message">${this.message}</p>` : nothing}
          <button class="pl-button primary" type="submit" ?disabled=${this.busy}>
            ${t('setup.confirm')}
          </button>
        </form>`
    })
  }
}

customElements.define('pl-totp-setup', TotpSetup)
