import { PlinthElement } from '@plinth/ui'
import { nothing, type PropertyDeclarations } from 'lit'
import { referenceParts } from './reference-parts.styles.ts'

/** Fields inside a fold, drawn once it is opened: schemas may contain themselves. */
export class FoldedFields extends PlinthElement {
  static override properties: PropertyDeclarations = { fields: { attribute: false }, open: { state: true } }
  declare fields: () => unknown
  declare private open: boolean
  #fold: HTMLDetailsElement | null = null

  static override styles = referenceParts

  override connectedCallback(): void {
    super.connectedCallback()
    this.#fold = this.closest('details')
    this.open = this.#fold?.open ?? true
    this.#fold?.addEventListener('toggle', this.#toggled)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#fold?.removeEventListener('toggle', this.#toggled)
  }

  readonly #toggled = (): void => {
    this.open ||= this.#fold?.open === true
  }

  override render(): unknown {
    return this.open ? this.fields() : nothing
  }
}

customElements.define('pl-folded-fields', FoldedFields)
