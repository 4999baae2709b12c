import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'

/**
 * A place with nothing in it yet: what belongs here and the one thing to do about it.
 *
 * @slot action - one button
 */
export class PlEmpty extends PlinthElement {
  static override properties: PropertyDeclarations = {
    icon: {},
    heading: {},
    text: {},
    hue: { type: Number },
    page: { type: Boolean, reflect: true },
  }
  declare icon: string
  declare heading: string
  declare text: string | undefined
  declare hue: number | undefined
  /** It is the whole page, not a part of one: a main heading and more room. */
  declare page: boolean

  static override styles = css`
    :host {
      display: grid;
      justify-items: center;
      gap: 6px;
      padding: 56px var(--pl-gutter) 64px;
      text-align: center;
    }
    pl-icon-tile {
      margin-bottom: 12px;
    }
    :host([page]) {
      padding-top: min(17vh, 150px);
    }
    h1,
    h2 {
      font: 400 26px / 32px var(--pl-font-display);
      letter-spacing: -0.005em;
      text-wrap: balance;
    }
    p {
      max-width: 46ch;
      color: var(--pl-text-2);
      line-height: 21px;
      text-wrap: pretty;
    }
    ::slotted([slot='action']) {
      margin-top: 14px;
    }
  `

  override render(): unknown {
    return html`
      <pl-icon-tile .icon=${this.icon ?? 'inbox'} .hue=${this.hue} .size=${48}></pl-icon-tile>
      ${this.page ? html`<h1>${this.heading}</h1>` : html`<h2>${this.heading}</h2>`}
      ${this.text ? html`<p>${this.text}</p>` : nothing}
      <slot name="action"></slot>
    `
  }
}

customElements.define('pl-empty', PlEmpty)
