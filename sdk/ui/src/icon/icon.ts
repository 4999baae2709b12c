import { css, html, svg, type PropertyDeclarations, type PropertyValues } from 'lit'
import { unsafeSVG } from 'lit/directives/unsafe-svg.js'
import { PlinthElement } from '../element/plinth-element.ts'
import { iconNow, loadIcon } from './icon-registry.ts'

/**
 * One icon of the lucide set by name, as large as the text beside it asks for (`--pl-icon-size`, 16 px).
 * Decorative: name the control that holds it.
 */
export class PlIcon extends PlinthElement {
  static override properties: PropertyDeclarations = { name: {} }
  declare name: string

  static override styles = css`
    :host {
      display: inline-flex;
      flex: none;
      width: var(--pl-icon-size, 16px);
      height: var(--pl-icon-size, 16px);
    }
    svg {
      width: 100%;
      height: 100%;
      fill: none;
      stroke: currentColor;
      stroke-width: var(--pl-icon-stroke, 1.75);
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `

  override connectedCallback(): void {
    super.connectedCallback()
    this.setAttribute('aria-hidden', 'true')
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('name') && this.name && iconNow(this.name) === undefined) {
      void loadIcon(this.name).then(() => this.requestUpdate())
    }
  }

  override render(): unknown {
    const drawing = this.name ? iconNow(this.name) : undefined
    return html`<svg viewBox="0 0 24 24">${drawing ? svg`${unsafeSVG(drawing)}` : ''}</svg>`
  }
}

customElements.define('pl-icon', PlIcon)
