import type { AssignableRole } from '@plinth/sdk'
import { PlinthElement } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { roleName } from './member-words.ts'
import { t } from './texts.ts'

/**
 * Chooses roles. Those that hold more than who chooses cannot be given.
 *
 * @fires change with the chosen ids as `detail`
 */
export class RolePicker extends PlinthElement {
  static override properties: PropertyDeclarations = {
    roles: { attribute: false },
    value: { attribute: false },
    locked: { type: Boolean },
  }
  declare roles: readonly AssignableRole[]
  declare value: readonly string[]
  /** None can be given or taken. */
  declare locked: boolean

  static override styles = css`
    fieldset {
      margin: 14px 0 0;
      padding: 0;
      border: 0;
    }
    legend {
      margin-block-end: 6px;
      padding: 0;
      font-weight: 500;
    }
    label {
      display: flex;
      gap: 10px;
      align-items: center;
      min-height: 36px;
      cursor: pointer;
    }
    label.off {
      color: var(--pl-text-2);
      cursor: default;
    }
    input {
      width: 16px;
      height: 16px;
      margin: 0;
      accent-color: var(--pl-accent);
    }
    small {
      color: var(--pl-text-2);
      font-size: var(--pl-size-12);
    }
    p {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
    }
  `

  constructor() {
    super()
    this.roles = []
    this.value = []
    this.locked = false
  }

  #toggle(id: string, on: boolean): void {
    this.value = on ? [...this.value, id] : this.value.filter((each) => each !== id)
    this.dispatchEvent(new CustomEvent('change', { detail: this.value }))
  }

  #role({ id, mayGive }: AssignableRole): unknown {
    const held = this.value.includes(id)
    const off = this.locked || !mayGive
    return html`<label class=${off ? 'off' : ''}>
      <input
        type="checkbox"
        .checked=${held}
        ?disabled=${off}
        @change=${(event: Event) => this.#toggle(id, (event.target as HTMLInputElement).checked)}
      />
      <span>${roleName(id, this.roles)}</span>
      ${mayGive ? nothing : html`<small>${t('members.roles.beyond')}</small>`}
    </label>`
  }

  override render(): unknown {
    return html`<fieldset>
      <legend>${t('members.roles')}</legend>
      ${
        this.roles.length > 0
          ? this.roles.map((role) => this.#role(role))
          : html`<p>${t('members.roles.none')}</p>`
      }
    </fieldset>`
  }
}

customElements.define('pl-role-picker', RolePicker)
