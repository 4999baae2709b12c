import type { SessionDocument } from '@plinth/sdk'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { api, asProblem, href, navigate, PlinthElement, type ApiProblem } from '@plinth/ui'
import { continueSession } from '../session/session.ts'
import { tenant } from '../session/state.ts'
import { t } from '../texts.ts'
import { entryFrame, entryMessage } from './entry-frame.ts'
import { entryStyles } from './entry.styles.ts'
import { newPasswordField } from './new-password-field.ts'
import { passwordProblem } from './password-problem.ts'

interface Guest {
  readonly email: string
  readonly name: string
  readonly minLength: number
}

/** Makes someone a member who was invited. The token stands behind # and is sent in bodies only. */
export class AcceptInvitation extends PlinthElement {
  static override properties: PropertyDeclarations = {
    guest: { state: true },
    message: { state: true },
    gone: { state: true },
    busy: { state: true },
  }
  /** Undefined until it is known who is invited. */
  declare private guest: Guest | undefined
  declare private message: string | undefined
  declare private gone: boolean
  declare private busy: boolean
  readonly #token = location.hash.slice(1)

  static override styles = entryStyles

  override connectedCallback(): void {
    super.connectedCallback()
    document.title = [t('invitation.heading'), tenant.value?.name].filter(Boolean).join(' · ')
    void this.#look()
  }

  async #look(): Promise<void> {
    try {
      this.guest = await api.post<Guest>('/api/v1/invitation', { token: this.#token })
    } catch (error) {
      this.#refuse(asProblem(error))
    }
  }

  #refuse(problem: ApiProblem): void {
    this.gone = problem.code === 'link_invalid'
    this.message = this.gone ? t('invitation.gone') : passwordProblem(problem)
  }

  #value(name: 'name' | 'password'): string {
    return this.renderRoot.querySelector<HTMLInputElement>(`input[name="${name}"]`)!.value
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    const [name, password] = [this.#value('name').trim(), this.#value('password')]
    if (!name || !password) {
      this.message = t('invitation.missing')
      return
    }
    this.busy = true
    this.message = undefined
    try {
      const wish = { token: this.#token, name, password }
      const session = await api.post<SessionDocument>('/api/v1/invitation/accept', wish)
      await navigate('/', { replace: true })
      await continueSession(session)
    } catch (error) {
      this.#refuse(asProblem(error))
    } finally {
      this.busy = false
    }
  }

  #form({ email, name, minLength }: Guest): unknown {
    return html`<form novalidate @submit=${this.#submit}>
      <p class="lead">${t('invitation.as', { email })}</p>
      <input type="hidden" name="username" autocomplete="username" .value=${email} />
      <div class="field">
        <label for="name">${t('invitation.name')}</label>
        <input id="name" name="name" autocomplete="name" maxlength="200" .value=${name} />
      </div>
      ${newPasswordField(t('invitation.password'), minLength, this.message !== undefined)}
      <button class="pl-button primary submit" type="submit" ?disabled=${this.busy}>
        ${t('invitation.submit')}
      </button>
    </form>`
  }

  override render(): unknown {
    return entryFrame(
      tenant.value?.name,
      html`<h1>${t('invitation.heading')}</h1>
        ${this.message ? entryMessage(this.message) : nothing}
        ${this.guest && !this.gone ? this.#form(this.guest) : nothing}
        ${this.gone ? html`<a class="other pl-link" href=${href('/')}>${t('invitation.signIn')}</a>` : nothing}`,
    )
  }
}

customElements.define('pl-accept-invitation', AcceptInvitation)
