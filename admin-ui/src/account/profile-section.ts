import type { SessionDocument } from '@plinth/sdk'
import { api, asProblem, locale, LOCALES, PlinthElement, toast } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { problemSentence } from '../problem-sentence.ts'
import { chooseLanguage, LANGUAGE_NAMES } from '../session/language.ts'
import { refreshShell } from '../session/session.ts'
import { shell } from '../session/state.ts'
import { t } from '../texts.ts'
import { formSectionStyles } from './form-section.styles.ts'

/** How one is called, and spoken to. */
export class ProfileSection extends PlinthElement {
  static override properties: PropertyDeclarations = { message: { state: true }, busy: { state: true } }
  declare private message: string | undefined
  declare private busy: boolean

  static override styles = formSectionStyles

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const name = form.querySelector('input')!.value.trim()
    if (!name) {
      this.message = t('profile.missing')
      return
    }
    this.busy = true
    this.message = undefined
    try {
      await api.patch<SessionDocument>('/api/v1/session', { name })
      await chooseLanguage(form.querySelector('select')!.value)
      await refreshShell()
      toast(t('profile.saved'), { tone: 'positive' })
    } catch (error) {
      this.message = problemSentence(asProblem(error))
    } finally {
      this.busy = false
    }
  }

  override render(): unknown {
    const member = shell.value?.member
    if (!member) return nothing
    const spoken = LOCALES.find((each) => locale.value.startsWith(each))
    return html`<form class="pl-card" novalidate @submit=${this.#submit}>
      <h2>${t('profile.title')}</h2>
      <p>${t('profile.intro', { email: member.email })}</p>
      ${this.message ? html`<p class="message" role="alert" id="message">${this.message}</p>` : nothing}
      <label>
        ${t('invitation.name')}
        <input name="name" autocomplete="name" maxlength="200" .value=${member.name} />
      </label>
      <label>
        ${t('profile.language')}
        <select name="locale">
          ${LOCALES.map(
            (each) =>
              html`<option value=${each} lang=${each} ?selected=${each === spoken}>
                ${LANGUAGE_NAMES[each]}
              </option>`,
          )}
        </select>
      </label>
      <button class="pl-button primary" type="submit" ?disabled=${this.busy}>${t('profile.save')}</button>
    </form>`
  }
}

customElements.define('pl-profile-section', ProfileSection)
