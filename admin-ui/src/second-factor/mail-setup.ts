import { html, nothing, type PropertyDeclarations } from 'lit'
import { CodeSetup } from './code-setup.ts'
import './mail-request.ts'
import { confirmMailCodes } from './second-factor-api.ts'
import { t } from './texts.ts'

/** Sets up codes by mail: one is sent, and typed in. */
export class MailSetup extends CodeSetup {
  static override properties: PropertyDeclarations = { besides: { type: Boolean }, sent: { state: true } }
  /** Whether something better is owed besides. */
  declare besides: boolean
  declare private sent: boolean

  async #sent(): Promise<void> {
    this.sent = true
    await this.updateComplete
    this.renderRoot.querySelector('input')?.focus()
  }

  override render(): unknown {
    return html`<p class="note">${t('mail.setup')}${this.besides ? ` ${t('mail.besides')}` : ''}</p>
      <pl-mail-request purpose="add" @sent=${() => void this.#sent()}></pl-mail-request>
      ${this.sent ? this.codeForm(t('step.email.label'), confirmMailCodes) : nothing}`
  }
}

customElements.define('pl-mail-setup', MailSetup)
