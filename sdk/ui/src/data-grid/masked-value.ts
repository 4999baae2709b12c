import type { FieldMeta } from '@plinth/sdk'
import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit'
import { api, type AnyRecord } from '../api/client.ts'
import { PlinthElement } from '../element/plinth-element.ts'
import { toast } from '../feedback/toast.ts'
import { EMPTY } from '../i18n/format.ts'
import { pick } from '../i18n/locale.ts'
import { cellStyles, cellText, isEmpty, renderCell } from './cell.ts'
import { clearColumn } from './column.ts'
import { t } from './texts.ts'

/** How long a value stays uncovered, in milliseconds. */
const UNCOVERED_MS = 60_000

/**
 * A masked value. Whoever may see what the mask hides can ask for it, which the workspace notes; it covers itself again after a minute,
 * and whenever the record changes.
 */
export class MaskedValue extends PlinthElement {
  static override properties: PropertyDeclarations = {
    field: { attribute: false },
    value: { attribute: false },
    address: {},
    clear: { state: true },
    busy: { state: true },
  }
  declare field: FieldMeta
  /** The mask. */
  declare value: unknown
  /** Address of the record, e.g. `/api/v1/crm/customers/<id>`. */
  declare address: string
  /** The record with the value, while it is uncovered. */
  declare clear: AnyRecord | undefined
  declare busy: boolean
  #timer: ReturnType<typeof setTimeout> | undefined

  static override styles = [
    cellStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 4px;
        min-width: 0;
        min-height: 24px;
      }
      .shown {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      button {
        display: inline-grid;
        place-items: center;
        width: 28px;
        height: 24px;
        padding: 0;
        border: 0;
        border-radius: var(--pl-radius-s);
        background: none;
        color: var(--pl-text-2);
        cursor: pointer;
        --pl-icon-size: 15px;
      }
      button:hover {
        background: var(--pl-neutral-soft);
        color: var(--pl-text);
      }
      @media (pointer: coarse) {
        button {
          width: 40px;
          height: 40px;
          /* Large enough for a finger, and the row no higher than its neighbours. */
          margin-block: -8px;
        }
      }
    `,
  ]

  constructor() {
    super()
    this.busy = false
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('address') || changed.has('value')) this.#cover()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#cover()
  }

  #cover(): void {
    clearTimeout(this.#timer)
    this.clear = undefined
  }

  async #uncover(): Promise<void> {
    this.busy = true
    try {
      this.clear = await api.get(`${this.address}?reveal=${this.field.name}`)
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#cover(), UNCOVERED_MS)
    } catch {
      toast(t('masked.failed'), { tone: 'danger' })
    } finally {
      this.busy = false
    }
  }

  async #copy(): Promise<void> {
    const text = cellText(clearColumn(this.field), this.clear!)
    try {
      // An account number is pasted without the spaces it is read with.
      await navigator.clipboard.writeText(this.field.type === 'iban' ? text.replaceAll(' ', '') : text)
      toast(t('masked.copied'))
    } catch {
      toast(t('masked.copy.failed'), { tone: 'danger' })
    }
  }

  #button(icon: string, label: string, run: () => unknown): unknown {
    return html`<button type="button" aria-label=${label} title=${label} ?disabled=${this.busy} @click=${run}>
      <pl-icon name=${icon}></pl-icon>
    </button>`
  }

  override render(): unknown {
    const name = pick(this.field.label)
    if (isEmpty(this.value)) return html`<span class="none">${EMPTY}</span>`
    if (this.clear)
      return html`<span class="shown" role="status">${renderCell(clearColumn(this.field), this.clear)}</span>
        ${this.#button('copy', t('masked.copy', { name }), () => void this.#copy())}
        ${this.#button('eye-off', t('masked.hide', { name }), () => this.#cover())}`
    return html`<span class="shown num quiet">${this.value}</span> ${
        this.field.mask?.reveal
          ? this.#button('eye', t('masked.show', { name }), () => void this.#uncover())
          : nothing
      }`
  }
}

customElements.define('pl-masked-value', MaskedValue)

declare global {
  interface HTMLElementTagNameMap {
    'pl-masked-value': MaskedValue
  }
}
