import type { AssignableRole, InvitationDocument } from '@plinth/sdk'
import type { ApiProblem } from '@plinth/ui'
import type { FormValues } from '@plinth/ui/form'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { FormDialog } from '../../form-dialog/form-dialog.ts'
import { formField, formOf } from '../../form-dialog/generated-form.ts'
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
export class InviteDialog extends FormDialog {
  static override properties: PropertyDeclarations = {
    roles: { attribute: false },
    chosen: { state: true },
  }
  declare roles: readonly AssignableRole[]
  declare private chosen: readonly string[]

  constructor() {
    super()
    this.roles = []
    this.chosen = []
  }

  async show(): Promise<void> {
    this.chosen = []
    const locale = tenant.value?.locale.startsWith('de') ? 'de' : 'en'
    await this.open({ name: '', email: '', locale })
  }

  protected override say(problem: ApiProblem): void {
    toastProblem(problem, memberProblem(problem))
  }

  protected override async store({ name, email, locale }: FormValues): Promise<void> {
    const text = (value: unknown) => String(value).trim()
    const detail = await invite({
      name: text(name),
      email: text(email),
      locale: text(locale),
      roles: this.chosen,
    })
    this.close()
    this.dispatchEvent(new CustomEvent<InvitationDocument>('invited', { detail }))
  }

  override render(): unknown {
    if (!this.initial) return nothing
    return this.draw({
      heading: t('invite.heading'),
      action: t('invite.send'),
      width: 480,
      meta: formOf([
        formField('name', 'string', both('members.name'), { maxLength: 200 }),
        formField('email', 'email', both('members.email'), { maxLength: 254 }),
        formField('locale', 'enum', both('members.language'), {
          values: [
            { value: 'de', label: both('members.language.de') },
            { value: 'en', label: both('members.language.en') },
          ],
        }),
      ]),
      after: html`<pl-role-picker
        .roles=${this.roles}
        .value=${this.chosen}
        @change=${(event: CustomEvent<readonly string[]>) => (this.chosen = event.detail)}
      ></pl-role-picker>`,
    })
  }
}

customElements.define('pl-invite-dialog', InviteDialog)
