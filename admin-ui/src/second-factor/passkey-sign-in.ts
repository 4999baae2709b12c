import { PlinthElement } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { continueSession } from '../session/session.ts'
import { factorProblem } from './code-problem.ts'
import { passkeysWork, signInByPasskey } from './passkey-api.ts'
import { t } from './texts.ts'

/** The button on the sign-in page that takes a passkey in place of the password. Nothing where the browser knows none. */
export class PasskeySignIn extends PlinthElement {
  static override properties: PropertyDeclarations = { message: { state: true }, busy: { state: true } }
  declare private message: string | undefined
  declare private busy: boolean

  static override styles = css`
    :host {
      display: grid;
      gap: 8px;
    }
    p {
      color: var(--pl-danger-text);
      font-size: var(--pl-size-13);
      line-height: 18px;
    }
    button.pl-button {
      min-height: 40px;
      font-size: 15px;
    }
  `

  async #signIn(): Promise<void> {
    this.busy = true
    this.message = undefined
    try {
      await continueSession(await signInByPasskey())
    } catch (error) {
      this.message = factorProblem(error)
    } finally {
      this.busy = false
    }
  }

  override render(): unknown {
    if (!passkeysWork()) return nothing
    return html`<button
        class="pl-button"
        type="button"
        ?disabled=${this.busy}
        @click=${() => void this.#signIn()}
      >
        <pl-icon name="fingerprint"></pl-icon>${t('passkey.signIn')}
      </button>
      ${this.message ? html`<p role="alert">${this.message}</p>` : nothing}`
  }
}

customElements.define('pl-passkey-sign-in', PasskeySignIn)
