import type { SecondFactorMethod } from '@plinth/sdk'
import { asProblem, PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { entryFrame, entryMessage } from '../pages/entry-frame.ts'
import { entryStyles } from '../pages/entry.styles.ts'
import { continueSession, signOut } from '../session/session.ts'
import { tenant, waits } from '../session/state.ts'
import { codeProblem } from './code-problem.ts'
import { verifyCode } from './second-factor-api.ts'
import { t } from './texts.ts'

type CodeMethod = Extract<SecondFactorMethod, 'totp' | 'backup'>

/** Asks for the second factor, after the password. */
export class SecondStep extends PlinthElement {
  static override properties: PropertyDeclarations = {
    method: { state: true },
    message: { state: true },
    busy: { state: true },
  }
  declare private method: CodeMethod
  declare private message: string | undefined
  declare private busy: boolean

  static override styles = entryStyles

  constructor() {
    super()
    this.method = this.#methods[0] ?? 'totp'
  }

  get #methods(): readonly CodeMethod[] {
    return (['totp', 'backup'] as const).filter((method) => waits.value?.methods.includes(method))
  }

  get #input(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!
  }

  override firstUpdated(): void {
    document.title = [t('step.heading'), tenant.value?.name].filter(Boolean).join(' · ')
    this.#input.focus()
  }

  async #choose(method: CodeMethod): Promise<void> {
    this.method = method
    this.message = undefined
    this.#input.value = ''
    await this.updateComplete
    this.#input.focus()
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    const code = this.#input.value.trim()
    if (!code) {
      this.message = t('step.missing')
      this.#input.focus()
      return
    }
    this.busy = true
    this.message = undefined
    try {
      await continueSession(await verifyCode(this.method, code))
    } catch (error) {
      this.message = codeProblem(asProblem(error))
      this.#input.select()
    } finally {
      this.busy = false
    }
  }

  #form(): unknown {
    const isApp = this.method === 'totp'
    return html`<form novalidate @submit=${this.#submit}>
      <div class="field">
        <label for="code">${t(`step.${this.method}.label`)}</label>
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
      </div>
      <button class="pl-button primary submit" type="submit" ?disabled=${this.busy}>
        ${t('step.submit')}
      </button>
    </form>`
  }

  override render(): unknown {
    const others = this.#methods.filter((method) => method !== this.method)
    return entryFrame(
      tenant.value?.name,
      html`
        <h1>${t('step.heading')}</h1>
        <p class="lead">${t(`step.${this.method}.text`, { workspace: tenant.value?.name ?? '' })}</p>
        ${this.message ? entryMessage(this.message) : nothing} ${this.#form()}
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
