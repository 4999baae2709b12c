import type { PassedRole } from '@plinth/sdk'
import { toast } from '@plinth/ui'
import type { FormValues } from '@plinth/ui/form'
import { html, nothing, type PropertyDeclarations } from 'lit'
import '../console/members/role-picker.ts'
import { FormDialog } from '../form-dialog/form-dialog.ts'
import { formField, formOf } from '../form-dialog/generated-form.ts'
import { delegate } from './delegations-api.ts'
import { both, t } from './texts.ts'

/**
 * Has somebody stand in for whoever is signed in.
 *
 * @fires made
 */
export class DelegationDialog extends FormDialog {
  static override properties: PropertyDeclarations = {
    roles: { attribute: false },
    chosen: { state: true },
  }
  /** Those that can be passed on. */
  declare roles: readonly PassedRole[]
  declare private chosen: readonly string[]

  constructor() {
    super()
    this.roles = []
    this.chosen = []
  }

  async show(): Promise<void> {
    const [only, ...others] = this.roles
    this.chosen = only && others.length === 0 ? [only.id] : []
    await this.open({ member: null, from: null, until: inAWeek(), reason: '' })
  }

  protected override isComplete(): boolean {
    if (this.chosen.length === 0) toast(t('delegation.roles.missing'), { tone: 'danger' })
    return this.chosen.length > 0
  }

  protected override async store({ member, from, until, reason }: FormValues): Promise<void> {
    const made = await delegate({
      member: String(member),
      roles: this.chosen,
      reason: String(reason),
      until: String(until),
      ...(typeof from === 'string' ? { from } : {}),
    })
    toast(t('delegation.made', { receiver: made.receiver.label }), { tone: 'positive' })
    this.close()
    this.dispatchEvent(new Event('made'))
  }

  override render(): unknown {
    if (!this.initial) return nothing
    return this.draw({
      heading: t('delegation.new'),
      action: t('delegation.new'),
      width: 480,
      meta: formOf([
        formField('member', 'member', both('delegation.member')),
        formField('from', 'datetime', both('delegation.from'), {
          required: false,
          help: both('delegation.from.help'),
        }),
        formField('until', 'datetime', both('delegation.until')),
        formField('reason', 'string', both('delegation.reason'), { maxLength: 500 }),
      ]),
      after: html`<pl-role-picker
        .roles=${this.roles.map((role) => ({ ...role, mayGive: true }))}
        .value=${this.chosen}
        @change=${(event: CustomEvent<readonly string[]>) => (this.chosen = event.detail)}
      ></pl-role-picker>`,
    })
  }
}

/** As a proposal, on a quarter of an hour. */
function inAWeek(): string {
  const [quarter, week] = [900_000, 7 * 86_400_000]
  return new Date(Math.ceil((Date.now() + week) / quarter) * quarter).toISOString()
}

customElements.define('pl-delegation-dialog', DelegationDialog)
