import { html, nothing, type PropertyDeclarations } from 'lit'
import { api, asProblem, href, PlinthElement, type ApiProblem } from '@plinth/ui'
import { backToStart } from '../session/session.ts'
import { tenant, typedAddress } from '../session/state.ts'
import { t } from '../texts.ts'
import { entryFrame, entryMessage, entryNote } from './entry-frame.ts'
import { entryStyles } from './entry.styles.ts'
import { newPasswordField } from './new-password-field.ts'
import { passwordProblem } from './password-problem.ts'

interface Owner {
  readonly email: string
  readonly minLength: number
}

/** Takes another password from who has got a link to it. */
export class ResetPassword extends PlinthElement {
  static override properties: PropertyDeclarations = {
    owner: { state: true },
    message: { state: true },
    phase: { state: true },
    busy: { state: true },
  }
  /** Undefined until it is known whose password it is. */
  declare private owner: Owner | undefined
  declare private message: string | undefined
  declare private phase: 'open' | 'gone' | 'done'
  declare private busy: boolean
  readonly #token = location.hash.slice(1)

  static override styles = entryStyles

  constructor() {
    super()
    this.phase = 'open'
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.title = [t('reset.heading'), tenant.value?.name].filter(Boolean).join(' · ')
    void this.#look()
  }

  async #look(): Promise<void> {
    try {
      this.owner = await api.post<Owner>('/api/v1/session/password/link', { token: this.#token })
    } catch (error) {
      this.#refuse(asProblem(error))
    }
  }

  #refuse(problem: ApiProblem): void {
    if (problem.code === 'link_invalid') this.phase = 'gone'
    this.message = this.phase === 'gone' ? t('reset.gone') : passwordProblem(problem)
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    const password = this.renderRoot.querySelector<HTMLInputElement>('input[name="password"]')!.value
    if (!password) {
      this.message = t('reset.missing')
      return
    }
    this.busy = true
    this.message = undefined
    try {
      await api.post('/api/v1/session/password/reset', { token: this.#token, password })
      typedAddress.value = this.owner?.email ?? ''
      this.phase = 'done'
    } catch (error) {
      this.#refuse(asProblem(error))
    } finally {
      this.busy = false
    }
  }

  #form({ email, minLength }: Owner): unknown {
    return html`<form novalidate @submit=${this.#submit}>
      <p class="lead">${t('reset.as', { email })}</p>
      <input type="hidden" name="username" autocomplete="username" .value=${email} />
      ${newPasswordField(t('signIn.newPassword'), minLength, this.message !== undefined)}
      <button class="pl-button primary submit" type="submit" ?disabled=${this.busy}>
        ${t('reset.submit')}
      </button>
    </form>`
  }

  #toSignIn(): unknown {
    return html`<button class="pl-button primary submit" type="button" @click=${() => void backToStart()}>
      ${t('invitation.signIn')}
    </button>`
  }

  #body(): unknown {
    if (this.phase === 'done') return html`${entryNote(t('reset.done'))} ${this.#toSignIn()}`
    if (this.phase === 'gone')
      return tenant.value?.signIn?.includes('reset')
        ? html`<a class="pl-button submit" href=${href('/forgotten')}>${t('reset.askAgain')}</a>`
        : this.#toSignIn()
    return this.owner ? this.#form(this.owner) : nothing
  }

  override render(): unknown {
    return entryFrame(
      tenant.value?.name,
      html`<h1>${t('reset.heading')}</h1>
        ${this.message ? entryMessage(this.message) : nothing} ${this.#body()}`,
    )
  }
}

customElements.define('pl-reset-password', ResetPassword)
