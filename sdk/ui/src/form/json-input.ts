import { css, html, type PropertyDeclarations, type PropertyValues } from 'lit'
import '@vaadin/text-area'
import type { TextArea } from '@vaadin/text-area'
import { PlinthElement } from '../element/plinth-element.ts'
import { fieldFrame } from './field-frame.ts'

/**
 * A JSON value as text. The text stays as it was typed until another value comes from outside.
 *
 * @fires change `detail` is `{ value, problem }`: the value, or the code of what is wrong with the text
 */
export class PlJsonInput extends PlinthElement {
  static override properties: PropertyDeclarations = {
    value: { attribute: false },
    label: {},
    help: {},
    required: { type: Boolean },
    disabled: { type: Boolean },
    error: {},
    text: { state: true },
  }
  declare value: unknown
  declare label: string
  declare help: string
  declare required: boolean
  declare disabled: boolean
  declare error: string
  declare text: string

  #sent: unknown

  static override styles = css`
    :host {
      display: block;
    }
    vaadin-text-area {
      width: 100%;
    }
    vaadin-text-area > textarea {
      font-family: ui-monospace, monospace;
      font-size: var(--pl-size-13);
    }
  `

  constructor() {
    super()
    this.text = ''
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('vaadin-text-area')?.focus()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('value') || this.value === this.#sent) return
    this.#sent = this.value
    this.text = this.value === null || this.value === undefined ? '' : JSON.stringify(this.value, null, 2)
  }

  #typed(event: Event): void {
    this.text = (event.currentTarget as TextArea).value
    let detail: { value: unknown; problem?: string }
    try {
      detail = { value: this.text.trim() === '' ? null : JSON.parse(this.text) }
    } catch {
      detail = { value: null, problem: 'json' }
    }
    this.#sent = detail.value
    this.dispatchEvent(new CustomEvent('change', { detail }))
  }

  override render(): unknown {
    return html`<vaadin-text-area
      ${fieldFrame(this)}
      .value=${this.text}
      .minRows=${4}
      .maxRows=${14}
      spellcheck="false"
      @input=${this.#typed}
      @change=${(event: Event) => event.stopPropagation()}
    ></vaadin-text-area>`
  }
}

customElements.define('pl-json-input', PlJsonInput)
