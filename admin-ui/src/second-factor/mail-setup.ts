import { asProblem, PlinthElement } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { codeProblem } from './code-problem.ts'
import { FactorAddedEvent } from './factor-added.ts'
import { fieldStyles } from './field.styles.ts'
import './mail-request.ts'
import { confirmMailCodes } from './second-factor-api.ts'
import { t } from './texts.ts'

/**
 * Sets up codes by mail: one is sent, and typed in.
 *
 * @fires factor-added - FactorAddedEvent
 */
export class MailSetup extends PlinthElement {
  static override properties: PropertyDeclarations = {
    besides: { type: Boolean },
    sent: { state: true },
    message: { state: true },
    busy: { state: true },
  }
  /** Whether something better is owed besides. */
  declare besides: boolean
  declare private sent: boolean
  declare private message: string | undefined
  declare private busy: boolean

  static override styles = [
    fieldStyles,
    css`
      :host {
        display: grid;
        gap: 14px;
      }
    `,
  ]

  async #sent(): Promise<void> {
    this.sent = true
    await this.updateComplete
    this.renderRoot.querySelector('input')?.focus()
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    const input = this.renderRoot.querySelector('input')!
    this.busy = true
    this.message = undefined
    try {
      this.dispatchEvent(new FactorAddedEvent(await confirmMailCodes(input.value.trim())))
    } catch (error) {
      this.message = codeProblem(asProblem(error))
      input.select()
    } finally {
      this.busy = false
    }
  }

  override render(): unknown {
    return html`<p class="note">${t('mail.setup')}${this.besides ? ` ${t('mail.besides')}` : ''}</p>
      <pl-mail-request purpose="add" @sent=${() => void this.#sent()}></pl-mail-request>
      ${
        this.sent
          ? html`<form novalidate @submit=${this.#submit}>
              <div class="field">
                <label for="code">${t('step.email.label')}</label>
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
              ${
                this.message
                  ? html`<p class="message" role="alert" id="message">${this.message}</p>`
                  : nothing
              }
              <button class="pl-button primary" type="submit" ?disabled=${this.busy}>
                ${t('setup.confirm')}
              </button>
            </form>`
          : nothing
      }`
  }
}

customElements.define('pl-mail-setup', MailSetup)
