import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'
import { common } from '../texts.ts'

/**
 * A modal dialog on the browser's own `dialog`: focus stays inside, Escape closes, focus returns. Escape in a list or calendar that is open
 * inside it closes that alone.
 *
 * @slot - content
 * @slot footer - buttons; the decisive one last
 * @fires close - after it closed, whatever the way
 */
export class PlDialog extends PlinthElement {
  static override properties: PropertyDeclarations = {
    heading: {},
    width: { type: Number },
    side: { type: Boolean, reflect: true },
  }
  declare heading: string
  /** Widest size in pixels. Default 440. */
  declare width: number | undefined
  /** A panel at the end of the page instead of a box in its middle. */
  declare side: boolean

  static override styles = css`
    dialog {
      width: min(var(--width), calc(100vw - 32px));
      max-height: min(720px, calc(100dvh - 48px));
      padding: 0;
      border: 0;
      border-radius: var(--pl-radius-l);
      background: var(--pl-raised);
      color: var(--pl-text);
      box-shadow: var(--pl-shadow-float);
      overflow: hidden;
    }
    dialog[open] {
      display: flex;
      flex-direction: column;
      animation: rise var(--pl-calm) var(--pl-ease);
    }
    :host([side]) dialog {
      margin: 0 0 0 auto;
      height: 100dvh;
      max-height: none;
      border-radius: var(--pl-radius-l) 0 0 var(--pl-radius-l);
    }
    dialog::backdrop {
      background: var(--pl-backdrop);
      animation: fade var(--pl-calm) var(--pl-ease);
    }
    .head {
      display: flex;
      align-items: flex-start;
      gap: 12px;
      padding: 20px 14px 4px 22px;
    }
    h2 {
      flex: 1;
      padding-top: 3px;
      font-size: var(--pl-size-16);
      font-weight: 600;
      line-height: 24px;
      letter-spacing: -0.01em;
    }
    .body {
      flex: 1;
      padding: 4px 22px 18px;
      overflow-y: auto;
      line-height: 21px;
    }
    .foot {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: 8px;
      padding: 12px 18px;
      border-top: 1px solid var(--pl-hairline);
      background: light-dark(var(--pl-sunken), color-mix(in oklch, var(--pl-raised) 92%, black));
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(8px);
      }
    }
    @keyframes fade {
      from {
        opacity: 0;
      }
    }
    @media (max-width: 520px) {
      dialog {
        margin-bottom: 12px;
      }
      .foot ::slotted(button) {
        flex: 1;
      }
    }
  `

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot?.querySelector('dialog') ?? null
  }

  get open(): boolean {
    return this.#dialog?.open ?? false
  }

  async show(): Promise<void> {
    await this.updateComplete
    if (!this.open) this.#dialog?.showModal()
  }

  close(): void {
    this.#dialog?.close()
  }

  /**
   * In the way down, because the list has closed on the way back. The list takes the key all the same; the browser, which would close the
   * dialog, does not.
   */
  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && event.composedPath().some(isOpenField)) event.preventDefault()
  }

  protected override firstUpdated(): void {
    this.#dialog?.addEventListener('keydown', this.#key, { capture: true })
  }

  #backdrop(event: MouseEvent): void {
    if (event.target === this.#dialog) this.close()
  }

  override render(): unknown {
    const hasFooter = [...this.children].some((child) => child.slot === 'footer')
    return html`<dialog
      style="--width: ${this.width ?? 440}px"
      aria-labelledby="heading"
      @mousedown=${this.#backdrop}
      @close=${() => this.dispatchEvent(new Event('close'))}
    >
      <div class="head">
        <h2 id="heading">${this.heading}</h2>
        <button
          class="pl-button ghost icon"
          type="button"
          aria-label=${common('common.close')}
          @click=${() => this.close()}
        >
          <pl-icon name="x"></pl-icon>
        </button>
      </div>
      <div class="body"><slot></slot></div>
      ${hasFooter ? html`<div class="foot"><slot name="footer"></slot></div>` : nothing}
    </dialog>`
  }
}

/** Whether a dialog is open that keeps everything beside it out of reach, toasts included. */
export function isInDialog(): boolean {
  let focused = document.activeElement
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
  for (let node: Node | null = focused; node; node = node instanceof ShadowRoot ? node.host : node.parentNode)
    if (node instanceof PlDialog && node.open) return true
  return false
}

/** A field of Vaadin's whose list or calendar is open. */
function isOpenField(target: EventTarget): boolean {
  return (
    target instanceof HTMLElement &&
    target.localName.startsWith('vaadin-') &&
    Reflect.get(target, 'opened') === true
  )
}

customElements.define('pl-dialog', PlDialog)
