import type { PermissionGroup, RoleDocument } from '@plinth/sdk'
import { pick, PlinthElement } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { limitsOf } from './grant-words.ts'
import { permissionOf, placeOf, type Grant } from './grants.ts'
import { t } from './texts.ts'

interface Difference<T> {
  readonly added: readonly T[]
  readonly removed: readonly T[]
}

/** What saving a role would give and take away, in words. */
export class RoleChanges extends PlinthElement {
  static override properties: PropertyDeclarations = {
    groups: { attribute: false },
    roles: { attribute: false },
    grants: { attribute: false },
    inherits: { attribute: false },
  }
  declare groups: readonly PermissionGroup[]
  declare roles: readonly RoleDocument[]
  declare grants: Difference<Grant>
  declare inherits: Difference<string>

  static override styles = css`
    section {
      padding: 12px 14px;
      border-radius: var(--pl-radius-m);
      background: var(--pl-hover);
    }
    h3 {
      font-size: var(--pl-size-14);
      font-weight: 500;
    }
    ul {
      margin: 4px 0 0;
      padding: 0;
      list-style: none;
      line-height: 21px;
      overflow-wrap: anywhere;
    }
    .removed {
      color: var(--pl-danger-text);
    }
  `

  #words(grant: Grant): string {
    const id = permissionOf(grant)
    if (id === '*') return t('roles.all')
    const { group, subject } = placeOf(this.groups, grant)
    const permission = subject?.permissions.find((each) => each.id === id)
    const name = permission ? pick(permission.label) : t('roles.all')
    const about = [group, subject].flatMap((each) => (each ? [pick(each.label)] : [])).join(' · ')
    const limits = limitsOf(grant, subject)
    const limited = limits.length > 0 ? ` (${limits.join('; ')})` : ''
    return `${group ? `${about}: ${name}` : id}${limited}`
  }

  #role(id: string): string {
    const role = this.roles.find((each) => each.id === id)
    return t('roles.rightsOf', { name: role ? pick(role.label) : id })
  }

  override render(): unknown {
    const { grants, inherits } = this
    if (!grants || !inherits) return nothing
    const added = [
      ...inherits.added.map((id) => this.#role(id)),
      ...grants.added.map((each) => this.#words(each)),
    ]
    const removed = [
      ...inherits.removed.map((id) => this.#role(id)),
      ...grants.removed.map((each) => this.#words(each)),
    ]
    if (added.length + removed.length === 0) return nothing
    return html`<section aria-live="polite">
      <h3>${t('roles.changes')}</h3>
      <ul>
        ${added.map((text) => html`<li>${t('roles.added', { text })}</li>`)}
        ${removed.map((text) => html`<li class="removed">${t('roles.removed', { text })}</li>`)}
      </ul>
    </section>`
  }
}

customElements.define('pl-role-changes', RoleChanges)
