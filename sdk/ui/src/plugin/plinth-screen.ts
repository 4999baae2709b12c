import { css, type CSSResultGroup, type CSSResultOrNative, type PropertyDeclarations } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'
import type { ScreenHost } from './host.ts'

const screenRules = css`
  :host {
    display: block;
  }
`

/**
 * Base of every screen a plugin contributes. The shell sets `host` before the element is connected, and `recordId`
 * for a screen that stands in for an entity's detail (`detailOf` in the manifest).
 */
export class PlinthScreen extends PlinthElement {
  static override properties: PropertyDeclarations = {
    host: { attribute: false },
    recordId: { attribute: false },
  }
  protected static override finalizeStyles(styles?: CSSResultGroup): CSSResultOrNative[] {
    const [theme, base, ...own] = super.finalizeStyles(styles)
    return [theme!, base!, screenRules, ...own]
  }

  declare host: ScreenHost
  declare recordId: string | undefined
}
