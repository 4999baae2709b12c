import type { SessionDocument } from '@plinth/sdk'
import { api, asProblem, PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { continueSession, signOut } from '../session/session.ts'
import { tenant } from '../session/state.ts'
import { t } from '../texts.ts'
import { entryFrame, entryMessage } from './entry-frame.ts'
import { entryStyles } from './entry.styles.ts'
import { newPasswordField } from './new-password-field.ts'
import { passwordProblem } from './password-problem.ts'

/** Asks for another password after the second factor, where the one that somebody signed in with is no longer good. */
export class RenewPassword extends PlinthElement {
  static override properties: PropertyDeclarations = {
    session: { state: true },
    message: { state: true },
    busy: { state: true },
  }
  /** Undefined until it is known whose password it is. */
  declare private session: SessionDocument | undefined
  declare private message: string | undefined
  declare private busy: boolean

  static override styles = entryStyles

  override connectedCallback(): void {
    super.connectedCallback()
    document.title = [t('reset.heading'), tenant.value?.name].filter(Boolean).join(' · ')
    void this.#look()
  }

  async #look(): Promise<void> {
    try {
      this.session = await api.get<SessionDocument>('/api/v1/session')
      await this.updateComplete
      this.#input?.focus()
    } catch (error) {
      this.message = passwordProblem(asProblem(error))
    }
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input[name="password"]')
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    const password = this.#input!.value
    if (!password) {
      this.message = t('reset.missing')
      return
    }
    this.busy = true
    this.message = undefined
    try {
      await continueSession(await api.post<SessionDocument>('/api/v1/session/password/renewal', { password }))
    } catch (error) {
      this.message = passwordProblem(asProblem(error))
    } finally {
      this.busy = false
    }
  }

  #form({ member, waits }: SessionDocument): unknown {
    return html`<form novalidate @submit=${this.#submit}>
      <input type="hidden" name="username" autocomplete="username" .value=${member.email} />
      ${newPasswordField(t('signIn.newPassword'), waits?.minLength ?? 0, this.message !== undefined)}
      <button class="pl-button primary submit" type="submit" ?disabled=${this.busy}>
        ${t('reset.submit')}
      </button>
    </form>`
  }

  override render(): unknown {
    return entryFrame(
      tenant.value?.name,
      html`<h1>${t('reset.heading')}</h1>
        <p class="lead">${t('renew.text')}</p>
        ${this.message ? entryMessage(this.message) : nothing}
        ${this.session ? this.#form(this.session) : nothing}
        <button class="pl-button ghost" type="button" @click=${() => void signOut()}>
          ${t('renew.cancel')}
        </button>`,
    )
  }
}

customElements.define('pl-renew-password', RenewPassword)
