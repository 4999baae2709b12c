import type { SignInWay } from '@plinth/sdk'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { asProblem, currentPath, href, pick, PlinthElement, type ApiProblem } from '@plinth/ui'
import '../second-factor/passkey-sign-in.ts'
import { goToProvider } from '../session/providers.ts'
import { signIn } from '../session/session.ts'
import { sessionEnded, tenant, typedAddress } from '../session/state.ts'
import { chooserUrl } from '../session/workspaces.ts'
import { t } from '../texts.ts'
import { choiceWords, entryChoices, entryFrame, entryMessage, entryNote } from './entry-frame.ts'
import { entryStyles } from './entry.styles.ts'
import { passwordProblem } from './password-problem.ts'

type Message =
  | 'signIn.missing'
  | 'signIn.wrong'
  | 'signIn.wait'
  | 'signIn.refused'
  | 'signIn.unreachable'
  | 'signOn.provider_unreachable'
  | 'signIn.expired'
  | 'signIn.short'

const MESSAGES: Readonly<Record<number, Message>> = { 401: 'signIn.wrong', 429: 'signIn.wait' }

/** Signs a member in. */
export class SignIn extends PlinthElement {
  static override properties: PropertyDeclarations = {
    message: { state: true },
    refusal: { state: true },
    expired: { state: true },
    revealed: { state: true },
    busy: { state: true },
  }
  declare private message: Message | undefined
  /** Why a new password is not taken. */
  declare private refusal: string | undefined
  /** The password is right, and no longer good. */
  declare private expired: boolean
  declare private revealed: boolean
  declare private busy: boolean

  static override styles = entryStyles

  #input(name: 'email' | 'password' | 'newPassword'): HTMLInputElement {
    return this.renderRoot.querySelector<HTMLInputElement>(`input[name="${name}"]`)!
  }

  override firstUpdated(): void {
    document.title = [t('signIn.heading'), tenant.value?.name].filter(Boolean).join(' · ')
    this.#input('email').value = typedAddress.value
    // On a phone the keyboard would cover half of the page before anyone has seen it.
    if (matchMedia('(pointer: fine)').matches) this.#input('email').focus()
  }

  #fill(email: string, password: string): void {
    this.#input('email').value = email
    this.#input('password').value = password
    this.message = undefined
    this.renderRoot.querySelector<HTMLElement>('.submit')?.focus()
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    const email = this.#input('email').value.trim()
    const password = this.#input('password').value
    const newPassword = this.expired ? this.#input('newPassword').value : undefined
    if (!email || !password || newPassword === '') {
      this.message = 'signIn.missing'
      this.#input(!email ? 'email' : password ? 'newPassword' : 'password').focus()
      return
    }
    this.busy = true
    this.message = undefined
    this.refusal = undefined
    try {
      await signIn(email, password, newPassword)
    } catch (error) {
      await this.#refuse(asProblem(error))
    } finally {
      this.busy = false
    }
  }

  async #refuse(problem: ApiProblem): Promise<void> {
    const { code, status } = problem
    if (code === 'password_expired') {
      this.expired = true
      this.message = problem.problem['reason'] === 'short' ? 'signIn.short' : 'signIn.expired'
      await this.updateComplete
      this.#input('newPassword').focus()
    } else if (status === 422 && this.expired) this.refusal = passwordProblem(problem)
    else {
      this.message =
        code === 'sign_in_refused' ? 'signIn.refused' : (MESSAGES[status] ?? 'signIn.unreachable')
      if (status === 401) this.#input('password').select()
    }
  }

  /** Asked for where the present one is too old. */
  #newPassword(): unknown {
    if (!this.expired) return nothing
    return html`<div class="field">
      <label for="newPassword">${t('signIn.newPassword')}</label>
      <input
        id="newPassword"
        name="newPassword"
        type="password"
        autocomplete="new-password"
        aria-invalid=${this.refusal !== undefined}
        aria-describedby=${this.message || this.refusal ? 'message' : nothing}
      />
    </div>`
  }

  #note(): unknown {
    if (this.refusal) return entryMessage(this.refusal)
    if (this.message) return entryMessage(t(this.message))
    return sessionEnded.value ? entryNote(t('signIn.ended')) : nothing
  }

  #form(): unknown {
    const invalid = this.message === 'signIn.wrong' || this.message === 'signIn.missing'
    return html`<form novalidate @submit=${this.#submit}>
      <div class="field">
        <label for="email">${t('signIn.email')}</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          aria-invalid=${invalid}
          aria-describedby=${this.message ? 'message' : nothing}
        />
      </div>
      <div class="field">
        <div class="labels">
          <label for="password">${t('signIn.password')}</label>
          ${
            this.#offers('reset')
              ? html`<a class="pl-link" href=${href('/forgotten')} @click=${this.#carry}
                  >${t('signIn.forgotten')}</a
                >`
              : nothing
          }
        </div>
        <div class="input">
          <input
            class="with-reveal"
            id="password"
            name="password"
            type=${this.revealed ? 'text' : 'password'}
            placeholder=" "
            autocomplete="current-password"
            aria-invalid=${invalid}
            aria-describedby=${this.message ? 'message' : nothing}
          />
          <button
            class="pl-button ghost icon reveal"
            type="button"
            aria-label=${t(this.revealed ? 'signIn.hidePassword' : 'signIn.showPassword')}
            @click=${() => (this.revealed = !this.revealed)}
          >
            <pl-icon name=${this.revealed ? 'eye-off' : 'eye'}></pl-icon>
          </button>
        </div>
      </div>
      ${this.#newPassword()}
      <button class="pl-button primary submit" type="submit" ?disabled=${this.busy}>
        ${t('signIn.submit')}
      </button>
    </form>`
  }

  #offers(way: SignInWay): boolean {
    return tenant.value?.signIn?.includes(way) ?? false
  }

  /** The next page need not ask for the address again. */
  #carry(): void {
    typedAddress.value = this.#input('email').value.trim()
  }

  #link(): unknown {
    if (!this.#offers('link')) return nothing
    return html`<a class="pl-button submit" href=${href('/forgotten/link')} @click=${this.#carry}>
      <pl-icon name="mail"></pl-icon>${t('signIn.byLink')}
    </a>`
  }

  async #goTo(provider: string): Promise<void> {
    this.busy = true
    this.message = undefined
    try {
      await goToProvider(provider, currentPath() + location.search)
    } catch (error) {
      this.message = asProblem(error).status === 429 ? 'signIn.wait' : 'signOn.provider_unreachable'
      this.busy = false
    }
  }

  #providers(): unknown {
    const providers = tenant.value?.signOn ?? []
    if (providers.length === 0) return nothing
    return html`<div class="providers">
        ${providers.map(
          ({ id, name }) =>
            html`<button
              class="pl-button submit"
              type="button"
              ?disabled=${this.busy}
              @click=${() => void this.#goTo(id)}
            >
              <pl-icon name="log-in"></pl-icon>${t('signIn.with', { name })}
            </button>`,
        )}
      </div>
      <p class="or"><span>${t('signIn.or')}</span></p>`
  }

  #demo(): unknown {
    const accounts = tenant.value?.demo ?? []
    return entryChoices(
      t('signIn.demo'),
      accounts.map(
        ({ email, password, label }) =>
          html`<button class="choice" type="button" @click=${() => this.#fill(email, password)}>
            <pl-avatar name=${pick(label).split(' · ')[0]} size="26"></pl-avatar>
            ${choiceWords(pick(label), email)}
          </button>`,
      ),
    )
  }

  override render(): unknown {
    return entryFrame(
      tenant.value?.name,
      html`
        <h1>${t('signIn.heading')}</h1>
        ${this.#note()} ${this.#providers()} ${this.#form()} ${this.#link()}
        ${this.#offers('passkey') ? html`<pl-passkey-sign-in></pl-passkey-sign-in>` : nothing} ${this.#demo()}
        <a class="other pl-link" href=${chooserUrl()}>${t('signIn.other')}</a>
      `,
    )
  }
}

customElements.define('pl-sign-in', SignIn)
