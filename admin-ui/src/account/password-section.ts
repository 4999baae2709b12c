import { api, asProblem, PlinthElement, toast } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { passwordProblem } from '../pages/password-problem.ts'
import { t } from '../texts.ts'

/** Changes one's own password. */
export class PasswordSection extends PlinthElement {
  static override properties: PropertyDeclarations = { message: { state: true }, busy: { state: true } }
  declare private message: string | undefined
  declare private busy: boolean

  static override styles = css`
    form {
      display: grid;
      gap: 12px;
      padding: 18px 20px 20px;
    }
    h2 {
      font-size: var(--pl-size-14);
      font-weight: 600;
      line-height: 20px;
    }
    p {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 19px;
    }
    .message {
      color: var(--pl-danger-text);
    }
    label {
      display: grid;
      gap: 6px;
      max-width: 360px;
      font-weight: 500;
    }
    input {
      height: 38px;
      padding: 0 12px;
      border: 1px solid var(--pl-hairline-strong);
      border-radius: var(--pl-radius-m);
      background: var(--pl-raised);
      color: var(--pl-text);
      font: inherit;
    }
    button {
      justify-self: start;
    }
  `

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
