import { html, type TemplateResult } from 'lit'
import { chooseLanguage, LANGUAGE_NAMES, otherLanguage } from '../session/language.ts'
import { t } from '../texts.ts'

/** Switches to the other language before anyone has signed in. */
export function languageButton(): TemplateResult {
  const language = otherLanguage()
  const name = LANGUAGE_NAMES[language] ?? language
  return html`<button
    class="pl-button ghost language"
    type="button"
    aria-label=${t('frame.language', { language: name })}
    @click=${() => void chooseLanguage(language)}
  >
    <span lang=${language}>${name}</span>
  </button>`
}
