import { css, html, type PropertyDeclarations } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'
import { hueOf, initials } from './hue.ts'

/** Initials of a person or company in a colour of their own. Decorative: the name stands beside it, or set `label`. */
export class PlAvatar extends PlinthElement {
  static override properties: PropertyDeclarations = {
    name: {},
    label: { type: Boolean },
    shape: { reflect: true },
    size: { type: Number },
  }
  declare name: string
  /** Read the name out, for an avatar without the name beside it. */
  declare label: boolean
  declare shape: 'square' | undefined
  /** Edge in pixels. Default 28. */
  declare size: number | undefined

  static override styles = css`
    :host {
      display: inline-flex;
      flex: none;
    }
    span {
      display: grid;
      place-items: center;
      width: var(--edge);
      height: var(--edge);
      border-radius: 50%;
      background: light-dark(oklch(0.94 0.034 var(--h)), oklch(0.36 0.055 var(--h)));
      color: light-dark(oklch(0.4 0.1 var(--h)), oklch(0.88 0.06 var(--h)));
      font-size: calc(var(--edge) * 0.375);
      font-weight: 600;
      line-height: 1;
      letter-spacing: 0.01em;
      user-select: none;
    }
    :host([shape='square']) span {
      border-radius: calc(var(--edge) * 0.28);
      background: var(--pl-accent);
      color: var(--pl-on-accent);
    }
  `

  override render(): unknown {
    const style = `--edge: ${this.size ?? 28}px; --h: ${hueOf(this.name ?? '')}`
    return this.label
      ? html`<span style=${style} role="img" aria-label=${this.name}>${initials(this.name ?? '')}</span>`
      : html`<span style=${style} aria-hidden="true">${initials(this.name ?? '')}</span>`
  }
}

customElements.define('pl-avatar', PlAvatar)
