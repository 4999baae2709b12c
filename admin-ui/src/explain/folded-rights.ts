import { PlinthElement } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import './member-rights.ts'
import { t } from './texts.ts'

/** The rights of a member, fetched when somebody wants to see them. */
export class FoldedRights extends PlinthElement {
  static override properties: PropertyDeclarations = {
    memberId: { attribute: false },
    name: { attribute: false },
    right: { attribute: false },
    open: { state: true },
  }
  declare memberId: string
  declare name: string
  /** A permission that is explained from the beginning. */
  declare right: string | undefined
  declare private open: boolean

  static override styles = css`
    :host {
      display: block;
      margin-block-start: 16px;
    }
  `

  constructor() {
    super()
    this.open = false
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('memberId') || changed.has('right')) this.open = this.right !== undefined
  }

  override render(): unknown {
    return html`<button
        type="button"
        class="pl-button"
        aria-expanded=${this.open ? 'true' : 'false'}
        @click=${() => (this.open = !this.open)}
      >
        ${t('rights.of', { name: this.name })}
      </button>
      ${
        this.open
          ? html`<pl-member-rights .memberId=${this.memberId} .right=${this.right}></pl-member-rights>`
          : nothing
      }`
  }
}

customElements.define('pl-folded-rights', FoldedRights)
