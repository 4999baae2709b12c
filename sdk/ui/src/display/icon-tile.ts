import { css, html, type PropertyDeclarations } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'

/** An icon on a soft tile. Tiles share lightness and chroma and differ in hue; without a hue the tile is stone. */
export class PlIconTile extends PlinthElement {
  static override properties: PropertyDeclarations = {
    icon: {},
    hue: { type: Number },
    size: { type: Number },
  }
  declare icon: string
  declare hue: number | undefined
  /** Edge in pixels. Default 36. */
  declare size: number | undefined

  static override styles = css`
    :host {
      display: inline-flex;
      flex: none;
    }
    div {
      display: grid;
      place-items: center;
      width: var(--edge);
      height: var(--edge);
      border: 1px solid var(--pl-hairline);
      border-radius: calc(var(--edge) * 0.26);
      background: var(--pl-sunken);
      color: var(--pl-text-3);
      --pl-icon-size: calc(var(--edge) * 0.5);
    }
    .hued {
      border-color: light-dark(oklch(0.9 0.04 var(--h)), oklch(0.42 0.06 var(--h)));
      background: light-dark(oklch(0.962 0.025 var(--h)), oklch(0.3 0.045 var(--h)));
      color: light-dark(oklch(0.46 0.11 var(--h)), oklch(0.83 0.085 var(--h)));
    }
  `

  override render(): unknown {
    const hued = typeof this.hue === 'number' && !Number.isNaN(this.hue)
    return html`<div
      class=${hued ? 'hued' : ''}
      style="--edge: ${this.size ?? 36}px; --h: ${hued ? this.hue : 0}"
    >
      <pl-icon .name=${this.icon}></pl-icon>
    </div>`
  }
}

customElements.define('pl-icon-tile', PlIconTile)
