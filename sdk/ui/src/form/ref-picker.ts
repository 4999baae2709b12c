import type { FieldMeta } from '@plinth/sdk'
import { css, html, type PropertyDeclarations, type PropertyValues } from 'lit'
import '@vaadin/combo-box'
import type { ComboBox, ComboBoxDataProviderCallback, ComboBoxDataProviderParams } from '@vaadin/combo-box'
import { PlinthElement } from '../element/plinth-element.ts'
import { refSource, type RefItem, type RefSource } from './ref-source.ts'
import { t } from './texts.ts'

/** Pause in typing, in milliseconds, before the server is asked. */
const PAUSE = 180

/**
 * A record chosen by typing a part of its name; the choices come from the server page by page.
 *
 * @fires change `detail` is the chosen `{ id, label }`, or null
 */
export class PlRefPicker extends PlinthElement {
  static override properties: PropertyDeclarations = {
    field: { attribute: false },
    value: { attribute: false },
    known: { attribute: false },
    label: {},
    accessibleName: { attribute: false },
    placeholder: {},
    help: {},
    required: { type: Boolean },
    disabled: { type: Boolean },
    error: {},
    chosen: { state: true },
    failed: { state: true },
  }
  declare field: Pick<FieldMeta, 'type' | 'ref'>
  /** Id of the chosen record. */
  declare value: string | null
  /** The chosen record with its name, where that has come along. */
  declare known: RefItem | null | undefined
  declare label: string
  /** Name for a picker without a visible label. */
  declare accessibleName: string | undefined
  declare placeholder: string
  declare help: string
  declare required: boolean
  declare disabled: boolean
  declare error: string
  declare chosen: RefItem | null
  declare failed: string

  #source: RefSource | undefined
  #search = ''
  #cursors: (string | undefined)[] = [undefined]
  #running: AbortController | undefined

  static override styles = css`
    :host {
      display: block;
    }
    vaadin-combo-box {
      width: 100%;
    }
  `

  constructor() {
    super()
    this.value = null
    this.chosen = null
    this.failed = ''
    this.label = ''
    this.help = ''
    this.placeholder = ''
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('vaadin-combo-box')?.focus()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.#source || (changed.has('field') && this.field?.ref?.api !== changed.get('field')?.ref?.api))
      this.#source = refSource(this.field)
    if (changed.has('value') || changed.has('known')) void this.#show()
  }

  /** Puts the name of the chosen record into the field, asking the server for it where only the id is known. */
  async #show(): Promise<void> {
    const { value, known } = this
    if (!value) this.chosen = null
    else if (known?.id === value) this.chosen = known
    else if (this.chosen?.id !== value) {
      const found = await this.#source?.find(value)
      if (this.value === value) this.chosen = found ?? { id: value, label: t('ref.unreadable') }
    }
  }

  readonly #provide = (
    params: ComboBoxDataProviderParams,
    done: ComboBoxDataProviderCallback<RefItem>,
  ): void => {
    const search = params.filter.trim()
    if (params.page === 0) {
      this.#running?.abort()
      this.#running = new AbortController()
      this.#search = search
      this.#cursors = [undefined]
    }
    const { signal } = this.#running!
    void this.#page(search, params.page, signal).then(
      ({ items, next }) => {
        if (signal.aborted) return
        this.failed = ''
        this.#cursors[params.page + 1] = next ?? undefined
        const before = params.page * params.pageSize
        // One more than there is: the list then asks for the next page when its end is reached.
        done([...items], before + items.length + (next ? 1 : 0))
      },
      () => {
        if (signal.aborted) return
        this.failed = t('ref.failed')
        done([], 0)
      },
    )
  }

  async #page(search: string, page: number, signal: AbortSignal): ReturnType<RefSource['page']> {
    if (page === 0 && search) await new Promise((go) => setTimeout(go, PAUSE))
    if (signal.aborted || (page > 0 && !this.#cursors[page])) return { items: [], next: null }
    return this.#source!.page(this.#search, this.#cursors[page], signal)
  }

  #changed(event: Event): void {
    event.stopPropagation()
    const item = (event.currentTarget as ComboBox<RefItem>).selectedItem ?? null
    this.chosen = item
    this.value = item?.id ?? null
    this.known = item
    this.dispatchEvent(new CustomEvent('change', { detail: item, bubbles: true, composed: true }))
  }

  override render(): unknown {
    const error = this.error || this.failed
    return html`<vaadin-combo-box
      exportparts="label"
      item-id-path="id"
      item-value-path="id"
      item-label-path="label"
      .dataProvider=${this.#provide}
      .selectedItem=${this.chosen}
      .label=${this.label}
      .accessibleName=${this.accessibleName}
      .placeholder=${this.placeholder}
      .helperText=${this.help}
      .errorMessage=${error}
      ?invalid=${Boolean(error)}
      ?required=${this.required}
      ?disabled=${this.disabled}
      clear-button-visible
      manual-validation
      @change=${this.#changed}
    ></vaadin-combo-box>`
  }
}

customElements.define('pl-ref-picker', PlRefPicker)
