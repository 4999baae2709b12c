import { css, html, type PropertyDeclarations } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'

export interface SegmentedOption {
  readonly value: string
  readonly label: string
}

/**
 * A choice of one among few, as a quick filter above a list.
 *
 * @fires change - with the new value in `value` of the element
 */
export class PlSegmented extends PlinthElement {
  static override properties: PropertyDeclarations = { options: { attribute: false }, value: {}, label: {} }
  declare options: readonly SegmentedOption[]
  declare value: string
  /** What is chosen, for screen readers. */
  declare label: string | undefined

  static override styles = css`
    :host {
      display: inline-block;
      max-width: 100%;
      overflow-x: auto;
      scrollbar-width: none;
      border-radius: calc(var(--pl-radius-m) + 2px);
    }
    div {
      display: inline-flex;
      gap: 2px;
      padding: 3px;
      border-radius: calc(var(--pl-radius-m) + 2px);
      background: light-dark(oklch(0.955 0.003 var(--pl-neutral-h)), oklch(0.175 0.004 var(--pl-neutral-h)));
    }
    button {
      min-height: calc(var(--pl-control) - 6px);
      padding: 0 12px;
      border: 0;
      border-radius: calc(var(--pl-radius-m) - 1px);
      background: transparent;
      color: var(--pl-text-2);
      font: 500 var(--pl-size-13) / 20px var(--pl-font);
      white-space: nowrap;
      cursor: pointer;
      transition: background var(--pl-quick) var(--pl-ease);
    }
    button:hover {
      color: var(--pl-text);
    }
    button[aria-checked='true'] {
      background: var(--pl-raised);
      color: var(--pl-text);
      box-shadow:
        0 0 0 1px var(--pl-hairline),
        var(--pl-shadow-rest);
    }
    button:focus-visible {
      outline-offset: -1px;
    }
  `

  #choose(value: string): void {
    if (value === this.value) return
    this.value = value
    this.dispatchEvent(new Event('change', { bubbles: true, composed: true }))
  }

  #move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const { options } = this
    const at = options.findIndex((option) => option.value === this.value)
    const next = options[(at + step + options.length) % options.length]
    if (!next) return
    this.#choose(next.value)
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[aria-checked="true"]')?.focus(),
    )
  }

  override render(): unknown {
    const options = this.options ?? []
    const chosen = options.some((option) => option.value === this.value) ? this.value : options[0]?.value
    return html`<div role="radiogroup" aria-label=${this.label ?? ''} @keydown=${this.#move}>
      ${options.map(
        (option) =>
          html`<button
            type="button"
            role="radio"
            aria-checked=${option.value === chosen}
            tabindex=${option.value === chosen ? 0 : -1}
            @click=${() => this.#choose(option.value)}
          >
            ${option.label}
          </button>`,
      )}
    </div>`
  }
}

customElements.define('pl-segmented', PlSegmented)
