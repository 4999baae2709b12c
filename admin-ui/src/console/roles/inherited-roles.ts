import type { RoleDocument } from '@plinth/sdk'
import { pick, PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { grantPickerStyles } from './grant-picker.styles.ts'
import { t } from './texts.ts'

/**
 * Chooses the roles whose rights another role has too.
 *
 * @fires change with the ids as `detail`
 */
export class InheritedRoles extends PlinthElement {
  static override properties: PropertyDeclarations = {
    roles: { attribute: false },
    value: { attribute: false },
    self: { attribute: false },
    fixed: { type: Boolean },
  }
  declare roles: readonly RoleDocument[]
  declare value: readonly string[]
  /** Id of the role that inherits. */
  declare self: string | undefined
  declare fixed: boolean

  static override styles = grantPickerStyles

  #toggle(id: string, on: boolean): void {
    const others = this.value.filter((each) => each !== id)
    this.value = on ? [...others, id] : others
    this.dispatchEvent(new CustomEvent('change', { detail: this.value }))
  }

  #box({ id, label, givable }: RoleDocument): unknown {
    const on = this.value.includes(id)
    return html`<li>
      <label>
        <input
          type="checkbox"
          .checked=${on}
          ?disabled=${this.fixed || (!givable && !on)}
          @change=${(event: Event) => this.#toggle(id, (event.currentTarget as HTMLInputElement).checked)}
        />
        <span
          >${pick(label)}${!givable && !this.fixed ? html` <small>${t('roles.notHeld')}</small>` : nothing}</span
        >
      </label>
    </li>`
  }

  override render(): unknown {
    if (!this.roles || !this.value) return nothing
    const offered = this.roles.filter((role) =>
      this.fixed ? this.value.includes(role.id) : role.kind !== 'system' && role.id !== this.self,
    )
    if (offered.length === 0) return nothing
    const count = this.value.length
    return html`<h3 id="heading">${t('roles.inherits')}</h3>
      <div class="groups">
        <details>
          <summary>
            <pl-icon name="chevron-right"></pl-icon><span>${t('roles.inherits.hint')}</span>
            <small>${count > 0 ? t('roles.chosen', { count }) : nothing}</small>
          </summary>
          <ul class="inside" aria-labelledby="heading">
            ${offered.map((role) => this.#box(role))}
          </ul>
        </details>
      </div>`
  }
}

customElements.define('pl-inherited-roles', InheritedRoles)
