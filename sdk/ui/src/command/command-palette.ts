import { html, nothing, type PropertyDeclarations } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'
import { common } from '../texts.ts'
import { findCommands, type Command } from './command.ts'
import { paletteStyles } from './command-palette.styles.ts'

/**
 * Goes anywhere and does anything by typing. Opens with Ctrl K or Cmd K.
 *
 * @fires open - just before it is shown; fill `commands` then
 */
export class PlCommandPalette extends PlinthElement {
  static override properties: PropertyDeclarations = {
    commands: { attribute: false },
    typed: { state: true },
    active: { state: true },
    shown: { state: true },
  }
  declare commands: readonly Command[]
  declare private typed: string
  declare private active: number
  declare private shown: boolean

  static override styles = paletteStyles

  constructor() {
    super()
    this.commands = []
    this.typed = ''
    this.active = 0
    this.shown = false
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (
      event.key.toLowerCase() !== 'k' ||
      !(event.ctrlKey || event.metaKey) ||
      event.altKey ||
      event.shiftKey
    )
      return
    event.preventDefault()
    if (this.shown) this.close()
    else void this.open()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('keydown', this.#onKey)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('keydown', this.#onKey)
  }

  async open(): Promise<void> {
    this.dispatchEvent(new Event('open'))
    this.typed = ''
    this.active = 0
    this.shown = true
    await this.updateComplete
    this.renderRoot.querySelector('dialog')?.showModal()
    this.renderRoot.querySelector('input')?.focus()
  }

  close(): void {
    this.renderRoot.querySelector('dialog')?.close()
  }

  get #found(): Command[] {
    return findCommands(this.commands, this.typed)
  }

  #run(command: Command | undefined): void {
    if (!command) return
    this.close()
    void command.run()
  }

  #keys(event: KeyboardEvent): void {
    const count = this.#found.length
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && count > 0) {
      event.preventDefault()
      this.active = (this.active + step + count) % count
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
      )
    } else if (event.key === 'Enter') {
      event.preventDefault()
      this.#run(this.#found[this.active])
    }
  }

  #type(event: Event): void {
    this.typed = (event.target as HTMLInputElement).value
    this.active = 0
  }

  #groups(found: readonly Command[]): unknown {
    const names = [...new Set(found.map(({ group }) => group))]
    return names.map(
      (name, groupIndex) =>
        html`<div role="group" aria-labelledby="group-${groupIndex}">
          <div class="group" id="group-${groupIndex}">${name}</div>
          ${found.map((command, index) => (command.group === name ? this.#option(command, index) : nothing))}
        </div>`,
    )
  }

  #option(command: Command, index: number): unknown {
    return html`<div
      class="option"
      role="option"
      id="option-${index}"
      aria-selected=${index === this.active}
      @pointermove=${() => (this.active = index)}
      @click=${() => this.#run(command)}
    >
      <pl-icon name=${command.icon ?? 'arrow-right'}></pl-icon>
      <span class="label">${command.label}</span>
      ${command.hint ? html`<span class="hint">${command.hint}</span>` : nothing}
    </div>`
  }

  override render(): unknown {
    if (!this.shown) return nothing
    const found = this.#found
    return html`<dialog
      aria-label=${common('command.title')}
      @mousedown=${(event: MouseEvent) => event.target === event.currentTarget && this.close()}
      @close=${() => (this.shown = false)}
    >
      <div class="field">
        <pl-icon name="search"></pl-icon>
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="results"
          aria-autocomplete="list"
          aria-activedescendant=${found.length > 0 ? `option-${this.active}` : nothing}
          aria-label=${common('command.placeholder')}
          placeholder=${common('command.placeholder')}
          autocomplete="off"
          spellcheck="false"
          @input=${this.#type}
          @keydown=${this.#keys}
        />
      </div>
      <div class="results" id="results" role="listbox" tabindex="-1" aria-label=${common('command.results')}>
        ${this.#groups(found)}
      </div>
      ${
        found.length === 0
          ? html`<p class="nothing" role="status">${common('command.nothing', { typed: this.typed })}</p>`
          : nothing
      }
    </dialog>`
  }
}

customElements.define('pl-command-palette', PlCommandPalette)
