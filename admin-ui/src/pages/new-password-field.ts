import { html, type TemplateResult } from 'lit'
import { t } from '../texts.ts'

/**
 * Asks for a new password, and says how long it has to be.
 *
 * @param minLength characters
 * @param isRefused whether the page's message is about it
 */
export function newPasswordField(label: string, minLength: number, isRefused: boolean): TemplateResult {
  return html`<div class="field">
    <label for="password">${label}</label>
    <input
      id="password"
      name="password"
      type="password"
      autocomplete="new-password"
      aria-describedby=${isRefused ? 'message' : 'rule'}
    />
    <small id="rule" class="rule">${t('invitation.rule', { count: minLength })}</small>
  </div>`
}
