import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'

/** A person with avatar, name and one more line. */
export class PlPerson extends PlinthElement {
  static override properties: PropertyDeclarations = {
    name: {},
    secondary: {},
    compact: { type: Boolean, reflect: true },
  }
  declare name: string
  declare secondary: string | undefined
  /** Name and avatar in one line of text. */
  declare compact: boolean

  static override styles = css`
    :host {
      display: inline-flex;
      align-items: center;
      gap: 10px;
      min-width: 0;
      max-width: 100%;
    }
    :host([compact]) {
      gap: 7px;
    }
    div {
      min-width: 0;
    }
    span {
      display: block;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .name {
      font-weight: 500;
      line-height: 18px;
    }
    :host([compact]) .name {
      font-weight: inherit;
    }
    .secondary {
      color: var(--pl-text-2);
      font-size: var(--pl-size-12);
      line-height: 16px;
    }
  `

  override render(): unknown {
    return html`<pl-avatar .name=${this.name} .size=${this.compact ? 20 : 28}></pl-avatar>
      <div>
        <span class="name">${this.name}</span>
        ${this.secondary ? html`<span class="secondary">${this.secondary}</span>` : nothing}
      </div>`
  }
}

customElements.define('pl-person', PlPerson)
