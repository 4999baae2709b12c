import type { PermissionGroup, ProblemError, RoleDocument } from '@plinth/sdk'
import { asProblem, common, pick, PlinthElement, toast, type PlDialog } from '@plinth/ui'
import '@plinth/ui/form'
import type { FormValues, PlRecordForm } from '@plinth/ui/form'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
import './grant-picker.ts'
import type { GrantPicker } from './grant-picker.ts'
import { difference, type Grant } from './grants.ts'
import './inherited-roles.ts'
import { ROLE_META, roleValues, roleWords } from './role-form.ts'
import './role-changes.ts'
import { changeRole, createRole } from './roles-api.ts'
import { t } from './texts.ts'

/**
 * Makes a role, changes one or shows one that cannot be changed.
 *
 * @fires saved
 */
export class RoleDialog extends PlinthElement {
  static override properties: PropertyDeclarations = {
    roles: { attribute: false },
    groups: { attribute: false },
    original: { state: true },
    initial: { state: true },
    grants: { state: true },
    inherits: { state: true },
    busy: { state: true },
    faults: { state: true },
  }
  declare roles: readonly RoleDocument[]
  declare groups: readonly PermissionGroup[]
  declare private original: RoleDocument | undefined
  /** Undefined while the dialog is closed. */
  declare private initial: FormValues | undefined
  declare private grants: readonly Grant[]
  declare private inherits: readonly string[]
  declare private busy: boolean
  /** What was refused of the grants. */
  declare private faults: readonly ProblemError[]

  static override styles = css`
    .description {
      margin-block: 4px 12px;
      color: var(--pl-text-2);
      line-height: 20px;
    }
  `

  constructor() {
    super()
    this.roles = []
    this.groups = []
    this.grants = []
    this.inherits = []
    this.busy = false
    this.faults = []
  }

  /** Opens for a new role, for a copy of one, or for an existing one. */
  async show(role?: RoleDocument, copy = false): Promise<void> {
    this.original = copy ? undefined : role
    this.faults = []
    this.initial =
      copy && role
        ? { ...roleValues(role), en: t('roles.copyOf', { name: pick(role.label) }), de: '' }
        : roleValues(role)
    this.grants = role?.grants ?? []
    this.inherits = copy && role?.kind === 'system' ? [] : (role?.inherits ?? [])
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

  get #picker(): GrantPicker | null {
    return this.renderRoot.querySelector('pl-grant-picker')
  }

  get #isFixed(): boolean {
    return this.original !== undefined && (this.original.kind !== 'own' || !this.original.givable)
  }

  async #save(): Promise<void> {
    const form = this.#form
    if (!form || this.busy || !form.check()) return
    if (!(await this.#picker?.check())) return
    this.busy = true
    const words = roleWords({ ...this.initial, ...form.values })
    const input = { ...words, grants: this.grants, inherits: this.inherits }
    try {
      const saved = await (this.original
        ? changeRole(this.original.id, this.original.version, input)
        : createRole(input))
      toast(t('roles.saved', { name: pick(saved.label) }), { tone: 'positive' })
      this.#dialog?.close()
      this.dispatchEvent(new Event('saved'))
    } catch (error) {
      const problem = asProblem(error)
      const named = problem.errors.filter(({ pointer }) => pointer.startsWith('/label'))
      this.faults = problem.errors.filter(({ pointer }) => pointer.startsWith('/grants/'))
      if (named.length > 0) await form.refuse(named.map((each) => ({ ...each, pointer: '/en' })))
      else if (this.faults.length > 0) await this.#showFaults()
      else toastProblem(problem)
    } finally {
      this.busy = false
    }
  }

  async #showFaults(): Promise<void> {
    toast(t('roles.refused'), { tone: 'danger' })
    await this.updateComplete
    await this.#picker?.showFaults()
  }

  #changes(): unknown {
    const { original: before } = this
    if (!before || this.#isFixed) return nothing
    return html`<pl-role-changes
      .groups=${this.groups}
      .roles=${this.roles}
      .grants=${difference(before.grants, this.grants)}
      .inherits=${difference(before.inherits, this.inherits)}
    ></pl-role-changes>`
  }

  #footer(): unknown {
    return html`<button
        slot="footer"
        type="button"
        class="pl-button ghost"
        @click=${() => this.#dialog?.close()}
      >
        ${this.#isFixed ? t('roles.close') : common('common.cancel')}
      </button>
      ${
        this.#isFixed
          ? nothing
          : html`<button
              slot="footer"
              type="button"
              class="pl-button primary"
              aria-disabled=${this.busy ? 'true' : 'false'}
              @click=${() => void this.#save()}
            >
              ${t(this.original ? 'roles.save' : 'roles.create')}
            </button>`
      }`
  }

  override render(): unknown {
    if (!this.initial) return nothing
    const { original: before } = this
    const fixed = this.#isFixed
    const heading = before ? pick(before.label) : t('roles.new')
    return html`<pl-dialog side .width=${560} heading=${heading} @close=${() => (this.initial = undefined)}>
      ${
        fixed
          ? html`<p class="description">${before?.kind === 'own' ? t('roles.beyond') : t('roles.fixed')}</p>`
          : html`<pl-record-form .meta=${ROLE_META} .initial=${this.initial} creating></pl-record-form>`
      }
      <pl-inherited-roles
        .roles=${this.roles}
        .value=${this.inherits}
        .self=${before?.id}
        ?fixed=${fixed}
        @change=${(event: CustomEvent<readonly string[]>) => (this.inherits = event.detail)}
      ></pl-inherited-roles>
      <pl-grant-picker
        .groups=${this.groups}
        .value=${this.grants}
        .faults=${this.faults}
        ?fixed=${fixed}
        @change=${(event: CustomEvent<readonly Grant[]>) => {
          this.grants = event.detail
          // They named places in what the role granted before.
          this.faults = []
        }}
      ></pl-grant-picker>
      ${this.#changes()} ${this.#footer()}
    </pl-dialog>`
  }
}

customElements.define('pl-role-dialog', RoleDialog)
