import type { SecondFactorMethod, SessionDocument } from '@plinth/sdk'
import { ApiProblem, currentPath, PlDialog, PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { goToProvider } from '../session/providers.ts'
import { factorProblem } from './code-problem.ts'
import { fieldStyles } from './field.styles.ts'
import { verifyPasskey } from './passkey-api.ts'
import './mail-request.ts'
import { verifyCode, verifyPassword } from './second-factor-api.ts'
import { t } from './texts.ts'

type Method = SecondFactorMethod | 'password' | 'provider'

/** Somebody who can ask for us who is there. */
interface AskingProvider {
  readonly id: string
  readonly name: string
}

/**
 * Asks whoever is at the browser to prove once more who they are.
 *
 * @fires confirmed - they have
 */
export class ConfirmAgain extends PlinthElement {
  static override properties: PropertyDeclarations = {
    methods: { attribute: false },
    providers: { attribute: false },
    method: { state: true },
    sent: { state: true },
    message: { state: true },
    busy: { state: true },
  }
  /** What is taken. */
  declare methods: readonly Method[]
  /** Who can be gone to for it. */
  declare providers: readonly AskingProvider[]
  declare private method: Method | undefined
  /** A code is on its way by mail. */
  declare private sent: boolean
  declare private message: string | undefined
  declare private busy: boolean

  static override styles = fieldStyles

  get #method(): Method {
    return this.method ?? this.methods[0] ?? 'password'
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input')
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('method') || changed.has('methods') || changed.has('sent'))
      (this.#input ?? this.renderRoot.querySelector<HTMLElement>('.primary'))?.focus()
  }

  #choose(method: Method): void {
    if (this.#input) this.#input.value = ''
    this.message = undefined
    this.method = method
  }

  #prove(): Promise<SessionDocument> {
    const method = this.#method
    const text = this.#input?.value ?? ''
    if (method === 'passkey') return verifyPasskey()
    if (method === 'provider') throw new Error('A provider is gone to')
    return method === 'password' ? verifyPassword(text) : verifyCode(method, text.trim())
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    this.busy = true
    this.message = undefined
    try {
      await this.#prove()
      this.dispatchEvent(new Event('confirmed'))
    } catch (error) {
      const isWrong = error instanceof ApiProblem && error.code === 'credentials_wrong'
      this.message = isWrong ? t('confirm.wrong') : factorProblem(error)
      this.#input?.select()
    } finally {
      this.busy = false
    }
  }

  async #goTo({ id }: AskingProvider): Promise<void> {
    this.busy = true
    try {
      await goToProvider(id, currentPath() + location.search, { confirm: true })
    } catch (error) {
      this.message = factorProblem(error)
      this.busy = false
    }
  }

  #byProvider(): unknown {
    return html`<p class="note">${t('confirm.provider.text')}</p>
      ${this.providers.map(
        (provider) =>
          html`<button
            class="pl-button primary"
            type="button"
            ?disabled=${this.busy}
            @click=${() => void this.#goTo(provider)}
          >
            ${t('confirm.provider', { name: provider.name })}
          </button>`,
      )}`
  }

  #field(method: Exclude<Method, 'passkey' | 'provider'>): unknown {
    const isPassword = method === 'password'
    return html`<div class="field">
      <label for="proof">${t(isPassword ? 'confirm.password' : `step.${method}.label`)}</label>
      <input
        id="proof"
        type=${isPassword ? 'password' : 'text'}
        inputmode=${method === 'totp' || method === 'email' ? 'numeric' : 'text'}
        autocomplete=${isPassword ? 'current-password' : 'one-time-code'}
        aria-invalid=${this.message !== undefined}
        aria-describedby=${this.message ? 'message' : nothing}
      />
    </div>`
  }

  override render(): unknown {
    if (this.methods.length === 0) return html`<p class="note">${t('confirm.nothing')}</p>`
    const method = this.#method
    const others = this.methods.filter((each) => each !== method)
    const isUnsent = method === 'email' && !this.sent
    return html`<form novalidate @submit=${this.#submit}>
      <p class="note">${t('confirm.text')}</p>
      ${
        method === 'email'
          ? html`<pl-mail-request @sent=${() => (this.sent = true)}></pl-mail-request>`
          : nothing
      }
      ${method === 'passkey' || method === 'provider' || isUnsent ? nothing : this.#field(method)}
      ${method === 'provider' ? this.#byProvider() : nothing}
      ${this.message ? html`<p class="message" role="alert" id="message">${this.message}</p>` : nothing}
      ${
        isUnsent || method === 'provider'
          ? nothing
          : html`<button class="pl-button primary" type="submit" ?disabled=${this.busy}>
              ${t(method === 'passkey' ? 'step.passkey.submit' : 'setup.confirm')}
            </button>`
      }
      ${others.map(
        (each) =>
          html`<button class="pl-button ghost" type="button" @click=${() => this.#choose(each)}>
            ${each === 'password' || each === 'provider' ? t(`confirm.${each}.other`) : t(`step.${each}`)}
          </button>`,
      )}
    </form>`
  }
}

customElements.define('pl-confirm-again', ConfirmAgain)

const ORDER: readonly Method[] = ['passkey', 'totp', 'password', 'provider', 'email', 'backup']

/** Shows the dialog. Closing it in any other way means no. */
export async function confirmAgain(problem: ApiProblem): Promise<boolean> {
  const known = problem.problem['methods']
  const form = new ConfirmAgain()
  form.methods = ORDER.filter((method) => Array.isArray(known) && known.includes(method))
  const providers = problem.problem['providers']
  form.providers = Array.isArray(providers) ? (providers as AskingProvider[]) : []
  const dialog = new PlDialog()
  dialog.heading = t('confirm.heading')
  dialog.width = 400
  dialog.append(form)
  let isConfirmed = false
  form.addEventListener('confirmed', () => {
    isConfirmed = true
    dialog.close()
  })
  const closed = new Promise((done) => dialog.addEventListener('close', done, { once: true }))
  document.body.append(dialog)
  await dialog.show()
  await closed
  dialog.remove()
  return isConfirmed
}
