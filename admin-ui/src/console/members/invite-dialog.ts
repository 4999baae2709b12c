import type { AssignableRole, InvitationDocument } from '@plinth/sdk'
import { asProblem, common, PlinthElement, type PlDialog } from '@plinth/ui'
import '@plinth/ui/form'
import type { FormValues, PlRecordForm } from '@plinth/ui/form'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { formField, formOf } from '../api-access/key-form.ts'
import { tenant } from '../../session/state.ts'
import { toastProblem } from '../../toast-problem.ts'
import { memberProblem } from './member-words.ts'
import { invite } from './members-api.ts'
import './role-picker.ts'
import { both, t } from './texts.ts'

/**
 * Invites someone.
 *
 * @fires invited with the invitation as `detail`
 */
export class InviteDialog extends PlinthElement {
  static override properties: PropertyDeclarations = {
    roles: { attribute: false },
    initial: { state: true },
    chosen: { state: true },
    busy: { state: true },
  }
  declare roles: readonly AssignableRole[]
  /** Undefined while the dialog is closed. */
  declare private initial: FormValues | undefined
  declare private chosen: readonly string[]
  declare private busy: boolean

  constructor() {
    super()
    this.roles = []
    this.chosen = []
    this.busy = false
  }

  async show(): Promise<void> {
    this.initial = { name: '', email: '', locale: tenant.value?.locale.startsWith('de') ? 'de' : 'en' }
    this.chosen = []
    await this.updateComplete
    await this.#dialog?.show()
    await this.#form?.updateComplete
    this.#form?.focus()
  }

  get #dialog(): PlDialog | null {
    return this.renderRoot.querySelector('pl-dialog')
  }

  get #form(): PlRecordForm | null {
    return this.renderRoot.querySelector('pl-record-form')
  }

  async #send(): Promise<void> {
    const form = this.#form
    if (!form || this.busy || !form.check()) return
    this.busy = true
    try {
      const { name, email, locale } = { ...this.initial, ...form.values }
      const text = (value: unknown) => String(value).trim()
      const sent = await invite({
        name: text(name),
        email: text(email),
        locale: text(locale),
        roles: this.chosen,
      })
      this.#dialog?.close()
      this.dispatchEvent(new CustomEvent<InvitationDocument>('invited', { detail: sent }))
    } catch (error) {
      const problem = asProblem(error)
      if (problem.errors.length > 0) await form.refuse(problem.errors)
      else toastProblem(problem, memberProblem(problem))
    } finally {
      this.busy = false
    }
  }

  override render(): unknown {
    if (!this.initial) return nothing
    const meta = formOf([
      formField('name', 'string', both('members.name'), { maxLength: 200 }),
      formField('email', 'email', both('members.email'), { maxLength: 254 }),
      formField('locale', 'enum', both('members.language'), {
        values: [
          { value: 'de', label: both('members.language.de') },
          { value: 'en', label: both('members.language.en') },
        ],
      }),
    ])
    return html`<pl-dialog
      side
      .width=${480}
      heading=${t('invite.heading')}
      @close=${() => (this.initial = undefined)}
    >
      <pl-record-form .meta=${meta} .initial=${this.initial} creating></pl-record-form>
      <pl-role-picker
        .roles=${this.roles}
        .value=${this.chosen}
        @change=${(event: CustomEvent<readonly string[]>) => (this.chosen = event.detail)}
      ></pl-role-picker>
      <button slot="footer" type="button" class="pl-button ghost" @click=${() => this.#dialog?.close()}>
        ${common('common.cancel')}
      </button>
      <button
        slot="footer"
        type="button"
        class="pl-button primary"
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${() => void this.#send()}
      >
        ${t('invite.send')}
      </button>
    </pl-dialog>`
  }
}

customElements.define('pl-invite-dialog', InviteDialog)
