import { api, asProblem, PlinthElement, toast } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { passwordProblem } from '../pages/password-problem.ts'
import { isDemoAccount } from '../session/demo-account.ts'
import { t } from '../texts.ts'
import { formSectionStyles } from './form-section.styles.ts'

/** Changes one's own password. */
export class PasswordSection extends PlinthElement {
  static override properties: PropertyDeclarations = { message: { state: true }, busy: { state: true } }
  declare private message: string | undefined
  declare private busy: boolean

  static override styles = formSectionStyles

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const data = new FormData(form)
    this.busy = true
    this.message = undefined
    try {
      await api.post('/api/v1/session/password', {
        current: data.get('current'),
        password: data.get('password'),
      })
      form.reset()
      toast(t('password.changed'), { tone: 'positive' })
    } catch (error) {
      const problem = asProblem(error)
      this.message = problem.status === 429 ? t('signIn.wait') : passwordProblem(problem)
    } finally {
      this.busy = false
    }
  }

  override render(): unknown {
    if (isDemoAccount())
      return html`<section class="pl-card">
        <h2>${t('password.title')}</h2>
        <p>${t('ask.demo')}</p>
      </section>`
    return html`<form class="pl-card" @submit=${this.#submit}>
      <h2>${t('password.title')}</h2>
      <p>${t('password.intro')}</p>
      ${this.message ? html`<p class="message" role="alert" id="message">${this.message}</p>` : nothing}
      <label>
        ${t('password.current')}
        <input name="current" type="password" autocomplete="current-password" required />
      </label>
      <label>
        ${t('signIn.newPassword')}
        <input
          name="password"
          type="password"
          autocomplete="new-password"
          required
          aria-describedby=${this.message ? 'message' : nothing}
        />
      </label>
      <button class="pl-button primary" type="submit" ?disabled=${this.busy}>${t('password.change')}</button>
    </form>`
  }
}

customElements.define('pl-password-section', PasswordSection)
