import { html, nothing } from 'lit'
import { path, PlinthElement, type PlCommandPalette } from '@plinth/ui'
import { commands } from '../commands.ts'
import '../screens/outlet.ts'
import { online, tenant } from '../session/state.ts'
import { t } from '../texts.ts'
import './enrol-note.ts'
import './sidebar.ts'
import './viewing-bar.ts'

/**
 * The frame around every screen: navigation beside the sheet, or behind a top bar on narrow windows. Lives in the
 * page's own tree, its rules are in `theme.css`.
 */
export class Frame extends PlinthElement {
  protected override createRenderRoot(): HTMLElement {
    return this
  }

  #shownPath = ''

  get #drawer(): HTMLDialogElement | null {
    return this.querySelector<HTMLDialogElement>('dialog.drawer')
  }

  #fillPalette(event: Event): void {
    ;(event.target as PlCommandPalette).commands = commands()
  }

  #openPalette(): void {
    this.#drawer?.close()
    void this.querySelector<PlCommandPalette>('pl-command-palette')?.open()
  }

  #skip(event: Event): void {
    event.preventDefault()
    this.querySelector('main')?.focus()
  }

  override updated(): void {
    if (this.#shownPath !== path.value) this.#drawer?.close()
    this.#shownPath = path.value
  }

  override render(): unknown {
    void path.value
    return html`
      <header>
        <a class="skip" href="#content" @click=${this.#skip}>${t('app.skip')}</a>
        <div class="top-bar">
          <button
            class="pl-button icon"
            aria-label=${t('frame.menu')}
            @click=${() => this.#drawer?.showModal()}
          >
            <pl-icon name="menu"></pl-icon>
          </button>
          <strong>${tenant.value?.name}</strong>
          <button class="pl-button ghost icon" aria-label=${t('frame.search')} @click=${this.#openPalette}>
            <pl-icon name="search"></pl-icon>
          </button>
        </div>
      </header>
      <pl-sidebar class="beside" @search=${this.#openPalette}></pl-sidebar>
      <dialog
        class="drawer"
        aria-label=${t('frame.main')}
        @mousedown=${(event: MouseEvent) => event.target === this.#drawer && this.#drawer?.close()}
      >
        <pl-sidebar drawer @search=${this.#openPalette} @done=${() => this.#drawer?.close()}></pl-sidebar>
      </dialog>
      <main id="content" tabindex="-1">
        <pl-viewing-bar></pl-viewing-bar>
        <pl-enrol-note></pl-enrol-note>
        ${
          online.value
            ? nothing
            : html`<p class="notice" role="status">
                <pl-icon name="wifi-off"></pl-icon>${t('frame.offline')}
              </p>`
        }
        <pl-outlet></pl-outlet>
      </main>
      <pl-command-palette @open=${this.#fillPalette}></pl-command-palette>
    `
  }
}

customElements.define('pl-frame', Frame)
