import { PlinthElement } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { t } from './texts.ts'

/** Pause in typing, in milliseconds, before the search runs. */
const PAUSE = 250

/**
 * A search field that waits until typing pauses.
 *
 * @fires search `detail` is the text to search for
 */
export class PlSearchBox extends PlinthElement {
  static override properties: PropertyDeclarations = { value: {}, label: {}, typed: { state: true } }
  declare value: string
  declare label: string
  /** What stands in the field while it differs from what was searched for. */
  declare typed: string | undefined

  #timer: ReturnType<typeof setTimeout> | undefined

  static override styles = css`
    :host {
      display: block;
      flex: 0 1 280px;
      min-width: 180px;
    }
    div {
      position: relative;
      display: flex;
      align-items: center;
    }
    .glass {
      position: absolute;
      inset-inline-start: 10px;
      color: var(--pl-text-2);
      pointer-events: none;
    }
    .field {
      width: 100%;
      height: var(--pl-control);
      padding: 0 34px 0 34px;
      border: 1px solid var(--pl-hairline-strong);
      border-radius: var(--pl-radius-m);
      background: var(--pl-raised);
      color: var(--pl-text);
      font: 400 var(--pl-size-14) / 20px var(--pl-font);
    }
    .field::placeholder {
      color: var(--pl-text-3);
      opacity: 1;
    }
    .field::-webkit-search-cancel-button {
      display: none;
    }
    .field:focus-visible {
      outline-offset: -1px;
    }
    .clear {
      position: absolute;
      inset-inline-end: 4px;
      display: grid;
      place-items: center;
      width: 26px;
      height: 26px;
      padding: 0;
      border: 0;
      border-radius: var(--pl-radius-s);
      background: none;
      color: var(--pl-text-2);
      cursor: pointer;
      --pl-icon-size: 14px;
    }
    .clear:hover {
      background: var(--pl-hover);
    }
  `

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  #search(text: string): void {
    clearTimeout(this.#timer)
    this.typed = undefined
    if (text.trim() === this.value) return
    this.dispatchEvent(new CustomEvent('search', { detail: text.trim() }))
  }

  #type(event: InputEvent): void {
    const text = (event.currentTarget as HTMLInputElement).value
    this.typed = text
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#search(text), PAUSE)
  }

  #press(event: KeyboardEvent): void {
    const text = this.typed ?? this.value
    if (event.key === 'Enter') this.#search(text)
    else if (event.key === 'Escape' && text) {
      event.stopPropagation()
      this.#search('')
    }
  }

  override render(): unknown {
    const text = this.typed ?? this.value ?? ''
    return html`<div role="search">
      <pl-icon class="glass" name="search"></pl-icon>
      <input
        class="field"
        type="search"
        autocomplete="off"
        spellcheck="false"
        enterkeyhint="search"
        maxlength="200"
        placeholder=${this.label}
        aria-label=${this.label}
        .value=${text}
        @input=${this.#type}
        @keydown=${this.#press}
      />
      ${
        text
          ? html`<button
              class="clear"
              type="button"
              aria-label=${t('list.clear')}
              @click=${() => this.#search('')}
            >
              <pl-icon name="x"></pl-icon>
            </button>`
          : nothing
      }
    </div>`
  }
}

customElements.define('pl-search-box', PlSearchBox)
