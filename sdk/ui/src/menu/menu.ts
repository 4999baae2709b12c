import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'
import { href } from '../api/base.ts'

export interface MenuItem {
  readonly label: string
  readonly icon?: string
  readonly hint?: string
  /** Makes it one of several choices. */
  readonly checked?: boolean
  readonly danger?: boolean
  /** A line above it. */
  readonly divided?: boolean
  /** A path below the workspace or an address; a link instead of a deed. */
  readonly to?: string
  readonly run?: () => void | Promise<void>
}

/**
 * A button that opens a list of deeds, on the browser's own popover.
 *
 * @slot trigger - the button; gets the ARIA attributes
 * @slot header - above the items
 */
export class PlMenu extends PlinthElement {
  static override properties: PropertyDeclarations = {
    items: { attribute: false },
    label: {},
    wide: { type: Boolean },
  }
  declare items: readonly MenuItem[]
  /** Name of the menu for screen readers. */
  declare label: string
  /** As wide as its button. */
  declare wide: boolean

  static override styles = css`
    :host {
      display: inline-flex;
      min-width: 0;
    }
    [popover] {
      position: fixed;
      margin: 0;
      padding: 5px;
      min-width: 200px;
      max-width: min(340px, calc(100vw - 16px));
      max-height: calc(100dvh - 24px);
      overflow-y: auto;
      border: 0;
      border-radius: 11px;
      background: var(--pl-raised);
      color: var(--pl-text);
      box-shadow: var(--pl-shadow-float);
      font: 450 var(--pl-size-14) / 20px var(--pl-font);
    }
    [popover]:popover-open {
      animation: unfold var(--pl-quick) var(--pl-ease);
    }
    .item {
      display: flex;
      align-items: center;
      gap: 10px;
      width: 100%;
      min-height: 34px;
      padding: 4px 10px;
      border: 0;
      border-radius: 7px;
      background: none;
      color: inherit;
      font: inherit;
      text-align: start;
      cursor: pointer;
    }
    .item pl-icon {
      color: var(--pl-text-2);
    }
    .item:hover,
    .item:focus-visible {
      background: var(--pl-hover);
      outline: 0;
    }
    .item:focus-visible {
      box-shadow: inset 0 0 0 2px var(--pl-focus);
    }
    .danger,
    .danger pl-icon {
      color: var(--pl-danger-text);
    }
    .label {
      flex: 1;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .hint {
      color: var(--pl-text-2);
      font-size: var(--pl-size-12);
    }
    .check {
      visibility: hidden;
    }
    [aria-checked='true'] .check {
      visibility: visible;
      color: var(--pl-accent-text);
    }
    hr {
      height: 1px;
      margin: 5px 8px;
      border: 0;
      background: var(--pl-hairline);
    }
    @keyframes unfold {
      from {
        opacity: 0;
        transform: translateY(-4px);
      }
    }
  `

  get #popover(): HTMLElement | null {
    return this.renderRoot.querySelector('[popover]')
  }

  get #trigger(): HTMLElement | undefined {
    return this.querySelector<HTMLElement>('[slot="trigger"]') ?? undefined
  }

  get #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.item')]
  }

  override firstUpdated(): void {
    this.#trigger?.setAttribute('aria-haspopup', 'menu')
    this.#trigger?.setAttribute('aria-expanded', 'false')
  }

  open(): void {
    const popover = this.#popover
    if (!popover || popover.matches(':popover-open')) return
    popover.showPopover()
    this.#place(popover)
    this.#items[0]?.focus()
  }

  close(): void {
    if (this.#popover?.matches(':popover-open')) this.#popover.hidePopover()
  }

  /** Below its button, or above it where there is no room; never outside the window. */
  #place(popover: HTMLElement): void {
    const anchor = (this.#trigger ?? this).getBoundingClientRect()
    if (this.wide) popover.style.width = `${anchor.width}px`
    const { width, height } = popover.getBoundingClientRect()
    const below = anchor.bottom + 6 + height < innerHeight
    const left = anchor.left + width + 8 < innerWidth ? anchor.left : anchor.right - width
    popover.style.left = `${Math.max(8, left)}px`
    popover.style.top = `${Math.max(8, below ? anchor.bottom + 6 : anchor.top - 6 - height)}px`
  }

  #toggled(event: ToggleEvent): void {
    const open = event.newState === 'open'
    this.#trigger?.setAttribute('aria-expanded', String(open))
    if (!open) this.#trigger?.focus()
  }

  #run(item: MenuItem): void {
    this.close()
    // At once: what the deed opens gives the focus back to where it has found it.
    this.#trigger?.focus()
    void item.run?.()
  }

  #keys(event: KeyboardEvent): void {
    const items = this.#items
    const at = items.indexOf(
      this.renderRoot instanceof ShadowRoot ? (this.renderRoot.activeElement as HTMLElement) : items[0]!,
    )
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      items[(to + items.length) % items.length]?.focus()
    } else if (event.key === 'Tab') this.close()
  }

  #item(item: MenuItem): unknown {
    const inner = html`
      ${item.icon ? html`<pl-icon name=${item.icon}></pl-icon>` : nothing}
      <span class="label">${item.label}</span>
      ${item.hint ? html`<span class="hint">${item.hint}</span>` : nothing}
      ${item.checked === undefined ? nothing : html`<pl-icon class="check" name="check"></pl-icon>`}
    `
    const style = item.danger ? 'item danger' : 'item'
    const line = item.divided ? html`<hr role="separator" />` : nothing
    if (item.to) {
      const address = /^[a-z]+:/.test(item.to) ? item.to : href(item.to)
      return html`${line}<a
          class=${style}
          role="menuitem"
          tabindex="-1"
          href=${address}
          @click=${() => this.close()}
          >${inner}</a
        >`
    }
    return html`${line}<button
        class=${style}
        type="button"
        role=${item.checked === undefined ? 'menuitem' : 'menuitemradio'}
        aria-checked=${item.checked ?? nothing}
        tabindex="-1"
        @click=${() => this.#run(item)}
      >
        ${inner}
      </button>`
  }

  override render(): unknown {
    return html`<slot name="trigger" @click=${() => this.open()}></slot>
      <div popover @toggle=${this.#toggled} @keydown=${this.#keys}>
        <slot name="header"></slot>
        <div role="menu" aria-label=${this.label}>${(this.items ?? []).map((item) => this.#item(item))}</div>
      </div>`
  }
}

customElements.define('pl-menu', PlMenu)
