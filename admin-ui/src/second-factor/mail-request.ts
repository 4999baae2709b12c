import type { MailCodeDocument } from '@plinth/sdk'
import { asProblem, PlinthElement, type ApiProblem } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { codeProblem } from './code-problem.ts'
import { fieldStyles } from './field.styles.ts'
import { sendMailCode } from './second-factor-api.ts'
import { t } from './texts.ts'

/**
 * Has a code sent by mail, and once more where it does not arrive.
 *
 * @fires sent - a code is on its way
 */
export class MailRequest extends PlinthElement {
  static override properties: PropertyDeclarations = {
    purpose: {},
    sent: { state: true },
    message: { state: true },
    busy: { state: true },
  }
  declare purpose: 'add' | 'verify'
  declare private sent: MailCodeDocument | undefined
  declare private message: string | undefined
  declare private busy: boolean

  static override styles = [
    fieldStyles,
    css`
      :host {
        display: grid;
        gap: 10px;
      }
      .pl-button {
        justify-self: start;
      }
      .pl-button.ghost {
        margin-left: -14px;
      }
      p {
        color: var(--pl-text-2);
        line-height: 21px;
      }
      strong {
        color: var(--pl-text);
        font-weight: 500;
      }
    `,
  ]

  constructor() {
    super()
    this.purpose = 'verify'
  }

  async #send(): Promise<void> {
    this.busy = true
    this.message = undefined
    try {
      this.sent = await sendMailCode(this.purpose)
      this.dispatchEvent(new Event('sent'))
    } catch (error) {
      const problem: ApiProblem = asProblem(error)
      this.message = problem.code === 'method_not_taken' ? t('mail.off') : codeProblem(problem)
    } finally {
      this.busy = false
    }
  }

  override render(): unknown {
    const { sent } = this
    return html`${
        sent
          ? html`<p role="status">${t('mail.sent', { address: sent.sentTo, minutes: sent.minutes })}</p>`
          : nothing
      }
      ${this.message ? html`<p class="message" role="alert">${this.message}</p>` : nothing}
      <button
        class="pl-button ${sent ? 'ghost' : 'primary'}"
        type="button"
        ?disabled=${this.busy}
        @click=${() => void this.#send()}
      >
        ${t(sent ? 'mail.again' : 'mail.send')}
      </button>`
  }
}

customElements.define('pl-mail-request', MailRequest)
