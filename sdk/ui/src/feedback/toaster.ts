import { css, html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { PlinthElement } from '../element/plinth-element.ts'
import { signal } from '../element/signals.ts'
import { common } from '../texts.ts'
import type { ToastOptions } from './toast.ts'

interface Toast extends ToastOptions {
  readonly id: number
  readonly text: string
}

const ICONS = { neutral: 'info', positive: 'circle-check', danger: 'circle-alert' } as const

/** Where toasts appear. One in the page, made by `toast()`. */
export class PlToaster extends PlinthElement {
  readonly #toasts = signal<readonly Toast[]>([])
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>()
  #last = 0

  static override styles = css`
    :host {
      position: fixed;
      inset: auto 0 0 0;
      z-index: 50;
      display: grid;
      justify-items: center;
      gap: 8px;
      padding: 0 16px calc(24px + env(safe-area-inset-bottom));
      border: 0;
      width: auto;
      height: auto;
      margin: 0;
      background: none;
      overflow: visible;
      pointer-events: none;
    }
    .toast {
      display: flex;
      align-items: center;
      gap: 10px;
      max-width: min(520px, 100%);
      padding: 7px 7px 7px 14px;
      border-radius: 12px;
      background: light-dark(oklch(0.235 0.008 var(--pl-neutral-h)), oklch(0.32 0.008 var(--pl-neutral-h)));
      color: oklch(0.97 0 0);
      box-shadow: var(--pl-shadow-float);
      font: 450 var(--pl-size-14) / 20px var(--pl-font);
      pointer-events: auto;
      animation: rise var(--pl-calm) var(--pl-ease);
    }
    .toast pl-icon {
      opacity: 0.75;
    }
    .danger > pl-icon {
      color: oklch(0.78 0.14 25);
      opacity: 1;
    }
    .positive > pl-icon {
      color: oklch(0.8 0.14 158);
      opacity: 1;
    }
    .text {
      padding: 5px 6px 5px 0;
    }
    button {
      display: inline-grid;
      place-items: center;
      min-height: 30px;
      padding: 0 11px;
      border: 0;
      border-radius: 7px;
      background: oklch(1 0 0 / 0.13);
      color: inherit;
      font: 550 var(--pl-size-13) / 20px var(--pl-font);
      white-space: nowrap;
      cursor: pointer;
    }
    button:hover {
      background: oklch(1 0 0 / 0.2);
    }
    button:focus-visible {
      outline-color: oklch(0.97 0 0);
      outline-offset: -2px;
    }
    .close {
      width: 30px;
      padding: 0;
      background: none;
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(8px);
      }
    }
    @media (max-width: 760px) {
      :host {
        /* Above the buttons that stand at the lower edge of narrow screens. */
        padding-block-end: calc(84px + env(safe-area-inset-bottom));
      }
    }
  `

  override connectedCallback(): void {
    super.connectedCallback()
    this.popover = 'manual'
    this.addEventListener('pointerenter', () => this.#hold())
    this.addEventListener('pointerleave', () => this.#release())
    this.addEventListener('focusin', () => this.#hold())
    this.addEventListener('focusout', () => this.#release())
  }

  show(text: string, options: ToastOptions): void {
    const id = ++this.#last
    this.#toasts.value = [...this.#toasts.value.slice(-2), { ...options, id, text }]
    this.#start(id, options)
    // The top layer, so that a toast is seen above an open dialog too.
    if (this.matches(':popover-open')) this.hidePopover()
    this.showPopover()
  }

  #start(id: number, options: ToastOptions): void {
    const duration = options.duration ?? (options.action || options.tone === 'danger' ? 8000 : 5000)
    this.#timers.set(
      id,
      setTimeout(() => this.#remove(id), duration),
    )
  }

  /** Nothing disappears under the pointer or the keyboard. */
  #hold(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  #release(): void {
    this.#hold()
    for (const toast of this.#toasts.value) this.#start(toast.id, toast)
  }

  #remove(id: number): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
    this.#toasts.value = this.#toasts.value.filter((toast) => toast.id !== id)
    if (this.#toasts.value.length === 0 && this.matches(':popover-open')) this.hidePopover()
  }

  #act(toast: Toast): void {
    this.#remove(toast.id)
    void toast.action?.run()
  }

  override render(): unknown {
    return repeat(
      this.#toasts.value,
      ({ id }) => id,
      (toast) => {
        const tone = toast.tone ?? 'neutral'
        return html`<div class="toast ${tone}" role=${tone === 'danger' ? 'alert' : 'status'}>
          <pl-icon name=${ICONS[tone]}></pl-icon>
          <span class="text">${toast.text}</span>
          ${
            toast.action
              ? html`<button type="button" @click=${() => this.#act(toast)}>${toast.action.label}</button>`
              : nothing
          }
          <button
            class="close"
            type="button"
            aria-label=${common('common.close')}
            @click=${() => this.#remove(toast.id)}
          >
            <pl-icon name="x"></pl-icon>
          </button>
        </div>`
      },
    )
  }
}

customElements.define('pl-toaster', PlToaster)
