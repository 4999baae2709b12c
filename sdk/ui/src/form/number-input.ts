import { css, html, type PropertyDeclarations, type PropertyValues } from 'lit'
import '@vaadin/text-field'
import type { TextField } from '@vaadin/text-field'
import { PlinthElement } from '../element/plinth-element.ts'
import { formatLocale } from '../i18n/locale.ts'
import { formatDecimal, parseDecimal } from './decimal.ts'
import { fieldFrame } from './field-frame.ts'

/**
 * A number typed and shown in the member's language. The browser's own number input knows neither the comma of the
 * page's language nor exact decimals.
 *
 * @fires change `detail` is `{ value, problem }`: the canonical value, or the code of what is wrong with the text
 */
export class PlNumberInput extends PlinthElement {
  static override properties: PropertyDeclarations = {
    value: { attribute: false },
    scale: { type: Number },
    label: {},
    help: {},
    required: { type: Boolean },
    disabled: { type: Boolean },
    error: {},
    text: { state: true },
  }
  /** Canonical: `1234.5`. */
  declare value: string | number | null
  declare scale: number
  declare label: string
  declare help: string
  declare required: boolean
  declare disabled: boolean
  declare error: string
  declare text: string

  #typing = false

  static override styles = css`
    :host {
      display: block;
    }
    vaadin-text-field {
      width: 100%;
    }
  `

  constructor() {
    super()
    this.value = null
    this.scale = 0
    this.text = ''
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('vaadin-text-field')?.focus()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // What is being typed stays as it is; tidying it under the cursor would eat the comma.
    if (changed.has('value') && !this.#typing)
      this.text = formatDecimal(this.value, formatLocale.value, this.scale)
  }

  #typed(event: Event): void {
    this.#typing = true
    this.text = (event.currentTarget as TextField).value
    const parsed = parseDecimal(this.text, formatLocale.peek(), this.scale)
    const detail = 'problem' in parsed ? { value: null, problem: parsed.problem } : parsed
    this.dispatchEvent(new CustomEvent('change', { detail }))
  }

  #left(): void {
    if (!this.#typing) return
    this.#typing = false
    const parsed = parseDecimal(this.text, formatLocale.peek(), this.scale)
    if ('value' in parsed) this.text = formatDecimal(parsed.value, formatLocale.peek(), this.scale)
  }

  override render(): unknown {
    return html`<vaadin-text-field
      exportparts="label"
      ${fieldFrame(this)}
      .value=${this.text}
      autocomplete="off"
      inputmode=${this.scale > 0 ? 'decimal' : 'numeric'}
      @input=${this.#typed}
      @focusout=${this.#left}
      @change=${(event: Event) => event.stopPropagation()}
    ></vaadin-text-field>`
  }
}

customElements.define('pl-number-input', PlNumberInput)
