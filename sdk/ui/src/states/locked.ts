import type { Tier } from '@plinth/sdk'
import { css, html, type PropertyDeclarations } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'
import { common } from '../texts.ts'

/** A feature the tenant's tier does not contain: shown in place with the tier it needs, never hidden. */
export class PlLocked extends PlinthElement {
  static override properties: PropertyDeclarations = { name: {}, tier: {} }
  /** What is locked. */
  declare name: string
  declare tier: Tier

  static override styles = css`
    :host {
      display: block;
    }
  `

  override render(): unknown {
    const tier = common(`tier.${this.tier}`)
    return html`<pl-empty
      icon="lock"
      .hue=${75}
      heading=${common('locked.heading', { name: this.name })}
      text=${common('locked.text', { tier })}
    ></pl-empty>`
  }
}

customElements.define('pl-locked', PlLocked)
