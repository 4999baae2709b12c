import type { FieldMeta } from '@plinth/sdk'
import { pick, PlinthElement, type AnyRecord } from '@plinth/ui'
import { cellStyles } from '@plinth/ui/data-grid'
import { css, html, type PropertyDeclarations } from 'lit'
import { factStyles, renderFact } from './record-facts.ts'

/** What an action has found, value by value. */
export class ActionResult extends PlinthElement {
  static override properties: PropertyDeclarations = {
    fields: { attribute: false },
    values: { attribute: false },
  }
  declare fields: readonly FieldMeta[]
  declare values: AnyRecord

  static override styles = [
    cellStyles,
    factStyles,
    css`
      :host {
        display: block;
      }
    `,
  ]

  override render(): unknown {
    return html`<dl class="facts">
      ${this.fields.map(
        (field) =>
          html`<div class="fact">
            <dt>${pick(field.label)}</dt>
            <dd>${renderFact(field, this.values, new Map())}</dd>
          </div>`,
      )}
    </dl>`
  }
}

customElements.define('pl-action-result', ActionResult)
