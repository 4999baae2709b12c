import type { FactorAddedDocument } from '@plinth/sdk'
import { asProblem, PlinthElement } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { codeProblem } from './code-problem.ts'
import { FactorAddedEvent } from './factor-added.ts'
import { fieldStyles } from './field.styles.ts'
import { t } from './texts.ts'

/**
 * Sets up a second factor that is shown to be there by six digits.
 *
 * @fires factor-added - FactorAddedEvent
 */
export class CodeSetup extends PlinthElement {
  static override properties: PropertyDeclarations = { message: { state: true }, busy: { state: true } }
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

  /** The field for the code. @param confirm has the factor added by it */
  protected codeForm(label: string, confirm: (code: string) => Promise<FactorAddedDocument>): unknown {
    return html`<form novalidate @submit=${(event: Event) => this.#submit(event, confirm)}>
      <div class="field">
        <label for="code">${label}</label>
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
      <button class="pl-button primary" type="submit" ?disabled=${this.busy}>${t('setup.confirm')}</button>
    </form>`
  }

  async #submit(event: Event, confirm: (code: string) => Promise<FactorAddedDocument>): Promise<void> {
    event.preventDefault()
    const input = this.renderRoot.querySelector('input')!
    this.busy = true
    this.message = undefined
    try {
      this.dispatchEvent(new FactorAddedEvent(await confirm(input.value.trim())))
    } catch (error) {
      this.message = codeProblem(asProblem(error))
      input.select()
    } finally {
      this.busy = false
    }
  }
}
