import type { AssignableRole, MemberAccountDocument } from '@plinth/sdk'
import { asProblem, common, confirm, PlinthElement, toast, type PlDialog } from '@plinth/ui'
import '@plinth/ui/form'
import type { FormValues, PlRecordForm } from '@plinth/ui/form'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { formField, formOf } from '../../form-dialog/generated-form.ts'
import '../../explain/folded-rights.ts'
import { shell } from '../../session/state.ts'
import { toastProblem } from '../../toast-problem.ts'
import { memberProblem } from './member-words.ts'
import { changeMember, type MemberChanges } from './members-api.ts'
import './member-security.ts'
import './role-picker.ts'
import { both, t } from './texts.ts'

/**
 * Name, roles and status of a member.
 *
 * @fires saved when something has changed
 * @fires closed
 */
export class MemberDialog extends PlinthElement {
  static override properties: PropertyDeclarations = {
    roles: { attribute: false },
    member: { state: true },
    initial: { state: true },
    chosen: { state: true },
    right: { state: true },
    busy: { state: true },
  }
  declare roles: readonly AssignableRole[]
  /** Undefined while the dialog is closed. */
  declare private member: MemberAccountDocument | undefined
  declare private initial: FormValues
  declare private chosen: readonly string[]
  /** A permission that is asked about. */
  declare private right: string | undefined
  declare private busy: boolean

  static override styles = css`
    .note {
      margin-block: 8px 0;
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 19px;
    }
    .state {
      margin-inline-end: auto;
    }
  `

  constructor() {
    super()
    this.roles = []
    this.initial = {}
    this.chosen = []
    this.busy = false
  }

  /** @param right a permission that is explained from the beginning */
  async show(member: MemberAccountDocument, right?: string): Promise<void> {
    this.member = member
    this.right = right
    this.initial = { name: member.name }
    this.chosen = member.roles.filter((role) => role !== 'member')
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

  async #change(changes: MemberChanges, said: (name: string) => string): Promise<void> {
    if (!this.member || this.busy) return
    this.busy = true
    try {
      const { name } = await changeMember(this.member.id, changes)
      toast(said(name), { tone: 'positive' })
      this.#dialog?.close()
      this.dispatchEvent(new Event('saved'))
    } catch (error) {
      const problem = asProblem(error)
      if (problem.errors.length > 0) await this.#form?.refuse(problem.errors)
      else toastProblem(problem, memberProblem(problem))
    } finally {
      this.busy = false
    }
  }

  #closed(): void {
    this.member = undefined
    this.dispatchEvent(new Event('closed'))
  }

  async #save(own: boolean): Promise<void> {
    const form = this.#form
    if (!form?.check()) return
    const name = String({ ...this.initial, ...form.values }['name']).trim()
    await this.#change({ name, ...(own ? {} : { roles: this.chosen }) }, (called) =>
      t('members.saved', { name: called }),
    )
  }

  async #switch({ name, status }: MemberAccountDocument): Promise<void> {
    if (status === 'inactive') {
      await this.#change({ status: 'active' }, () => t('members.reactivated', { name }))
      return
    }
    const sure = await confirm({
      heading: t('members.deactivate.heading', { name }),
      text: t('members.deactivate.text'),
      confirm: t('members.deactivate'),
      danger: true,
    })
    if (sure) await this.#change({ status: 'inactive' }, () => t('members.deactivated', { name }))
  }

  override render(): unknown {
    const { member } = this
    if (!member) return nothing
    const own = member.id === shell.value?.member.id
    const meta = formOf([formField('name', 'string', both('members.name'), { maxLength: 200 })])
    return html`<pl-dialog
      side
      .width=${480}
      heading=${t('members.edit', { name: member.name })}
      @close=${() => this.#closed()}
    >
      <pl-record-form .meta=${meta} .initial=${this.initial} creating></pl-record-form>
      <p class="note">${member.email}</p>
      <pl-role-picker
        .roles=${this.roles}
        .value=${this.chosen}
        ?locked=${own}
        @change=${(event: CustomEvent<readonly string[]>) => (this.chosen = event.detail)}
      ></pl-role-picker>
      ${
        own
          ? html`<p class="note">${t('members.own')}</p>`
          : html`<pl-member-security
              .memberId=${member.id}
              .name=${member.name}
              .active=${member.status === 'active'}
            ></pl-member-security>`
      }
      ${
        shell.value?.console.includes('roles')
          ? html`<pl-folded-rights
              .memberId=${member.id}
              .name=${member.name}
              .right=${this.right}
            ></pl-folded-rights>`
          : nothing
      }
      ${
        own
          ? nothing
          : html`<button
              slot="footer"
              type="button"
              class="pl-button ghost state"
              @click=${() => void this.#switch(member)}
            >
              ${t(member.status === 'active' ? 'members.deactivate' : 'members.reactivate')}
            </button>`
      }
      <button slot="footer" type="button" class="pl-button ghost" @click=${() => this.#dialog?.close()}>
        ${common('common.cancel')}
      </button>
      <button
        slot="footer"
        type="button"
        class="pl-button primary"
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${() => void this.#save(own)}
      >
        ${t('members.save')}
      </button>
    </pl-dialog>`
  }
}

customElements.define('pl-member-dialog', MemberDialog)
