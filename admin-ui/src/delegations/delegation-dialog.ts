import type { PassedRole } from '@plinth/sdk'
import { asProblem, common, PlinthElement, toast, type PlDialog } from '@plinth/ui'
import '@plinth/ui/form'
import type { FormValues, PlRecordForm } from '@plinth/ui/form'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { formField, formOf } from '../console/api-access/key-form.ts'
import '../console/members/role-picker.ts'
import { toastProblem } from '../toast-problem.ts'
import { delegate } from './delegations-api.ts'
import { both, t } from './texts.ts'

/**
 * Has somebody stand in for whoever is signed in.
 *
 * @fires made
 */
export class DelegationDialog extends PlinthElement {
  static override properties: PropertyDeclarations = {
    roles: { attribute: false },
    initial: { state: true },
    chosen: { state: true },
    busy: { state: true },
  }
  /** Those that can be passed on. */
  declare roles: readonly PassedRole[]
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
    this.initial = { member: null, from: null, until: inAWeek(), reason: '' }
    const [only, ...others] = this.roles
    this.chosen = only && others.length === 0 ? [only.id] : []
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

  async #save(): Promise<void> {
    const form = this.#form
    if (!form || this.busy || !form.check()) return
    if (this.chosen.length === 0) {
      toast(t('delegation.roles.missing'), { tone: 'danger' })
      return
    }
    this.busy = true
    try {
      const { member, from, until, reason } = { ...this.initial, ...form.values }
      const made = await delegate({
        member: String(member),
        roles: this.chosen,
        reason: String(reason),
        until: String(until),
        ...(typeof from === 'string' ? { from } : {}),
      })
      toast(t('delegation.made', { receiver: made.receiver.label }), { tone: 'positive' })
      this.#dialog?.close()
      this.dispatchEvent(new Event('made'))
    } catch (error) {
      const problem = asProblem(error)
      if (problem.errors.length > 0) await form.refuse(problem.errors)
      else toastProblem(problem)
    } finally {
      this.busy = false
    }
  }

  override render(): unknown {
    if (!this.initial) return nothing
    const meta = formOf([
      formField('member', 'member', both('delegation.member')),
      formField('from', 'datetime', both('delegation.from'), {
        required: false,
        help: both('delegation.from.help'),
      }),
      formField('until', 'datetime', both('delegation.until')),
      formField('reason', 'string', both('delegation.reason'), { maxLength: 500 }),
    ])
    return html`<pl-dialog
      side
      .width=${480}
      heading=${t('delegation.new')}
      @close=${() => (this.initial = undefined)}
    >
      <pl-record-form .meta=${meta} .initial=${this.initial} creating></pl-record-form>
      <pl-role-picker
        .roles=${this.roles.map((role) => ({ ...role, mayGive: true }))}
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
        @click=${() => void this.#save()}
      >
        ${t('delegation.new')}
      </button>
    </pl-dialog>`
  }
}

/** As a proposal, on a quarter of an hour. */
function inAWeek(): string {
  const [quarter, week] = [900_000, 7 * 86_400_000]
  return new Date(Math.ceil((Date.now() + week) / quarter) * quarter).toISOString()
}

customElements.define('pl-delegation-dialog', DelegationDialog)
