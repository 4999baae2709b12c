import type { RoleDocument } from '@plinth/sdk'
import { asProblem, common, pick, PlinthElement, toast, type PlDialog } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { problemSentence } from '../../problem-sentence.ts'
import { deleteRole } from './roles-api.ts'
import { t } from './texts.ts'

/**
 * Deletes a role, and asks what takes its place.
 *
 * @fires deleted
 */
export class DeleteRoleDialog extends PlinthElement {
  static override properties: PropertyDeclarations = {
    roles: { attribute: false },
    doomed: { state: true },
    replacement: { state: true },
  }
  declare roles: readonly RoleDocument[]
  /** Undefined while the dialog is closed. */
  declare private doomed: RoleDocument | undefined
  declare private replacement: string

  static override styles = css`
    p {
      margin-block-end: 12px;
      line-height: 20px;
    }
    label {
      display: grid;
      gap: 4px;
      font-size: var(--pl-size-13);
    }
    select {
      min-height: var(--pl-control);
      padding: 0 10px;
      border: 1px solid var(--pl-hairline-strong);
      border-radius: var(--pl-radius-m);
      background: var(--pl-raised);
      color: var(--pl-text);
      font: inherit;
    }
  `

  async show(role: RoleDocument): Promise<void> {
    this.doomed = role
    this.replacement = ''
    await this.updateComplete
    await this.renderRoot.querySelector<PlDialog>('pl-dialog')?.show()
  }

  #close(): void {
    this.renderRoot.querySelector<PlDialog>('pl-dialog')?.close()
  }

  async #delete(): Promise<void> {
    const role = this.doomed
    if (!role) return
    try {
      await deleteRole(role.id, this.replacement === '' ? undefined : this.replacement)
      toast(t('roles.deleted', { name: pick(role.label) }), { tone: 'positive' })
      this.#close()
      this.dispatchEvent(new Event('deleted'))
    } catch (error) {
      const problem = asProblem(error)
      toast(problem.code === 'role_in_use' ? inUse(problem.problem['providers']) : problemSentence(problem), {
        tone: 'danger',
      })
    }
  }

  override render(): unknown {
    const { doomed: role } = this
    if (!role) return nothing
    const others = this.roles.filter((each) => each.id !== role.id && each.id !== 'admin' && each.givable)
    return html`<pl-dialog
      heading=${t('roles.delete.heading', { name: pick(role.label) })}
      @close=${() => (this.doomed = undefined)}
    >
      <p>${t('roles.delete.text', { count: role.members })}</p>
      <label>
        ${t('roles.delete.replacement')}
        <select
          .value=${this.replacement}
          @change=${(event: Event) => (this.replacement = (event.currentTarget as HTMLSelectElement).value)}
        >
          <option value="">${t('roles.delete.none')}</option>
          ${others.map((each) => html`<option value=${each.id}>${pick(each.label)}</option>`)}
        </select>
      </label>
      <button slot="footer" type="button" class="pl-button ghost" @click=${() => this.#close()}>
        ${common('common.cancel')}
      </button>
      <button slot="footer" type="button" class="pl-button danger" @click=${() => void this.#delete()}>
        ${t('roles.delete.do')}
      </button>
    </pl-dialog>`
  }
}

/** Where it is still needed, and what can be done about it. */
function inUse(providers: unknown): string {
  const names = Array.isArray(providers) ? providers.map(({ name }: { name: string }) => name) : []
  return names.length > 0 ? t('roles.inUse.providers', { names: names.join(', ') }) : t('roles.inUse')
}

customElements.define('pl-delete-role-dialog', DeleteRoleDialog)
