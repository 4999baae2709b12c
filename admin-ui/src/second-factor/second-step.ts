import type { SecondFactorMethod, SessionDocument } from '@plinth/sdk'
import { PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { entryFrame, entryMessage } from '../pages/entry-frame.ts'
import { entryStyles } from '../pages/entry.styles.ts'
import { continueSession, signOut } from '../session/session.ts'
import { tenant, waits } from '../session/state.ts'
import { factorProblem } from './code-problem.ts'
import { verifyPasskey } from './passkey-api.ts'
import './mail-request.ts'
import { verifyCode } from './second-factor-api.ts'
import { t } from './texts.ts'

const METHODS: readonly SecondFactorMethod[] = ['passkey', 'totp', 'email', 'backup']

/** Asks for the second factor, after the password. */
export class SecondStep extends PlinthElement {
  static override properties: PropertyDeclarations = {
    method: { state: true },
    sent: { state: true },
    message: { state: true },
    busy: { state: true },
  }
  declare private method: SecondFactorMethod
  /** A code is on its way by mail. */
  declare private sent: boolean
  declare private message: string | undefined
  declare private busy: boolean

  static override styles = entryStyles

  constructor() {
    super()
    this.method = this.#methods[0] ?? 'totp'
  }

  get #methods(): readonly SecondFactorMethod[] {
    return METHODS.filter((method) => waits.value?.methods.includes(method))
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input')
  }

  #focus(): void {
    ;(this.#input ?? this.renderRoot.querySelector<HTMLElement>('.submit'))?.focus()
  }

  override firstUpdated(): void {
    document.title = [t('step.heading'), tenant.value?.name].filter(Boolean).join(' · ')
    this.#focus()
  }

  async #choose(method: SecondFactorMethod): Promise<void> {
    this.method = method
    this.message = undefined
    if (this.#input) this.#input.value = ''
    await this.updateComplete
    this.#focus()
  }

  /** @throws ApiProblem, DOMException of the browser */
  async #verify(): Promise<SessionDocument | undefined> {
    if (this.method === 'passkey') return verifyPasskey()
    const code = this.#input?.value.trim()
    if (code) return verifyCode(this.method, code)
    this.message = t('step.missing')
    this.#focus()
    return undefined
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    this.busy = true
    this.message = undefined
    try {
      const session = await this.#verify()
      if (session) await continueSession(session)
    } catch (error) {
      this.message = factorProblem(error)
      this.#input?.select()
    } finally {
      this.busy = false
    }
  }

  async #sent(): Promise<void> {
    this.sent = true
    this.message = undefined
    await this.updateComplete
    this.#focus()
  }

  #form(): unknown {
    const { method } = this
    if (this.#methods.length === 0 || (method === 'email' && !this.sent)) return nothing
    return html`<form novalidate @submit=${this.#submit}>
      ${method === 'passkey' ? nothing : this.#field(method)}
      <button class="pl-button primary submit" type="submit" ?disabled=${this.busy}>
        ${method === 'passkey' ? html`<pl-icon name="fingerprint"></pl-icon>${t('step.passkey.submit')}` : t('step.submit')}
      </button>
    </form>`
  }

  #field(method: Exclude<SecondFactorMethod, 'passkey'>): unknown {
    const isApp = method !== 'backup'
    return html`<div class="field">
      <label for="code">${t(`step.${method}.label`)}</label>
      <input
        id="code"
        name="code"
        class="code"
        type="text"
        inputmode=${isApp ? 'numeric' : 'text'}
        autocomplete="one-time-code"
        autocapitalize="characters"
        spellcheck="false"
        maxlength=${isApp ? 7 : 14}
        aria-invalid=${this.message !== undefined}
        aria-describedby=${this.message ? 'message' : nothing}
      />
    </div>`
  }

  override render(): unknown {
    const others = this.#methods.filter((method) => method !== this.method)
    return entryFrame(
      tenant.value?.name,
      html`
        <h1>${t('step.heading')}</h1>
        <p class="lead">
          ${
            this.#methods.length === 0
              ? t('step.nothing')
              : t(`step.${this.method}.text`, { workspace: tenant.value?.name ?? '' })
          }
        </p>
        ${this.message ? entryMessage(this.message) : nothing}
        ${
          this.method === 'email'
            ? html`<pl-mail-request @sent=${() => void this.#sent()}></pl-mail-request>`
            : nothing
        }
        ${this.#form()}
        ${others.map(
          (method) =>
            html`<button class="pl-button" type="button" @click=${() => void this.#choose(method)}>
              ${t(`step.${method}`)}
            </button>`,
        )}
        <button class="pl-button ghost" type="button" @click=${() => void signOut()}>
          ${t('step.cancel')}
        </button>
      `,
    )
  }
}

customElements.define('pl-second-step', SecondStep)
