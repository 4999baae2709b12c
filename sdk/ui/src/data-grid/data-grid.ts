import {
  css,
  html,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit'
import '@vaadin/grid'
import type { Grid, GridItemModel } from '@vaadin/grid'
import { columnBodyRenderer, columnHeaderRenderer } from '@vaadin/grid/lit.js'
import type { AnyRecord } from '../api/client.ts'
import { href } from '../api/base.ts'
import { ElementWidth } from '../element/element-width.ts'
import { PlinthElement } from '../element/plinth-element.ts'
import { locale } from '../i18n/locale.ts'
import { navigate } from '../router/router.ts'
import { cardStyles, renderCards } from './card-list.ts'
import { cellStyles, cellText, renderCell } from './cell.ts'
import { columnGrow, columnWidth, isFigure, type GridColumn } from './column.ts'
import { renderHead } from './column-head.ts'
import { renderFoot } from './grid-foot.ts'
import { adoptStyles, gridStyles } from './grid-styles.ts'
import {
  chosenParts,
  selectAllBox,
  selectBox,
  selectionStyles,
  toggled,
  type Selection,
} from './selection.ts'
import { nextSort } from './sort.ts'

/** Below this width in pixels the rows are cards instead of a table. */
const NARROW = 620

/** Height in pixels of the bars that lie above the cards. */
const TOP = 64

/** Rows left below the last drawn one when the next page is asked for. */
const AHEAD = 15

/**
 * Records as a table with typed cells, or as cards where it is narrow. Grows with `rows`: when the end comes near and
 * `more` is set, `more` is fired once and the owner appends the next page. Sorting is the server's: `sort-change`.
 *
 * @fires sort-change `detail` is the new sort, `name` or `-name`
 * @fires select-change `detail` is the set of the chosen ids
 * @fires more the end of `rows` is near, or the retry was pressed
 */
export class DataGrid extends PlinthElement {
  static override properties: PropertyDeclarations = {
    columns: { attribute: false },
    rows: { attribute: false },
    sort: {},
    label: {},
    more: { type: Boolean },
    moreFailed: { type: Boolean, attribute: 'more-failed' },
    hrefOf: { attribute: false },
    selected: { attribute: false },
    cellStyles: { attribute: false },
  }
  declare columns: readonly GridColumn[]
  declare rows: readonly AnyRecord[]
  /** Present order, `name` or `-name`. */
  declare sort: string
  /** Accessible name. */
  declare label: string
  /** The server has further rows. */
  declare more: boolean
  /** The last attempt to load further rows failed. */
  declare moreFailed: boolean
  /** Where a row leads, as a path below the workspace. */
  declare hrefOf: ((row: AnyRecord) => string | undefined) | undefined
  /** Ids of chosen rows; without it there is nothing to choose. */
  declare selected: ReadonlySet<string> | undefined
  /** Rules for cells drawn by `render`: the page's own do not reach into the grid. */
  declare cellStyles: CSSResultGroup | undefined

  #asked: readonly AnyRecord[] | undefined
  #parts: ReturnType<typeof chosenParts> = null
  readonly #narrow = new ElementWidth(this, (width) => width < NARROW)
  readonly #end = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.#wantMore()
    },
    { rootMargin: '600px' },
  )

  static override styles = [
    cellStyles,
    cardStyles,
    gridStyles,
    selectionStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
    `,
  ]

  constructor() {
    super()
    this.columns = []
    this.rows = []
    this.sort = ''
    this.label = ''
    this.more = false
    this.moreFailed = false
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#end.disconnect()
  }

  get #grid(): Grid<AnyRecord> | null {
    return this.renderRoot.querySelector('vaadin-grid')
  }

  /** Number of the row at the top of what is seen. */
  get topRow(): number {
    if (this.#narrow.value) return this.#cards.findIndex((card) => card.getBoundingClientRect().bottom > TOP)
    const table = this.#grid?.shadowRoot?.querySelector('#table')
    const height = table?.querySelector<HTMLElement>('#items > tr')?.offsetHeight
    return table && height ? Math.floor(table.scrollTop / height) : 0
  }

  /** Brings a row to the top. */
  async scrollToRow(index: number): Promise<void> {
    // The width decides between table and cards, and is known some frames after the rows.
    do await new Promise(requestAnimationFrame)
    while (this.#narrow.value === undefined && this.isConnected)
    await this.updateComplete
    if (this.#narrow.value) this.#cards[index]?.scrollIntoView({ block: 'start' })
    else this.#grid?.scrollToIndex(index)
  }

  get #cards(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.cards > li')]
  }

  #wantMore(): void {
    if (!this.more || this.moreFailed || this.#asked === this.rows) return
    this.#asked = this.rows
    this.dispatchEvent(new CustomEvent('more'))
  }

  #retry(): void {
    this.#asked = this.rows
    this.dispatchEvent(new CustomEvent('more'))
  }

  #rowAt(event: Event): AnyRecord | undefined {
    const context = this.#grid?.getEventContext(event)
    return context?.section === 'body' ? context.item : undefined
  }

  #open(row: AnyRecord | undefined): void {
    const path = row && this.hrefOf?.(row)
    if (path) void navigate(path)
  }

  readonly #clicked = (event: MouseEvent): void => {
    const control = event
      .composedPath()
      .some((node) => node instanceof Element && node.matches('a, button, input'))
    // A drag that marks text ends in a click too; it must not open the row.
    if (!control && !event.defaultPrevented && getSelection()?.isCollapsed !== false)
      this.#open(this.#rowAt(event))
  }

  /** Enter opens a row or sorts by a column at once, without the grid's detour over its interaction mode. */
  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key === ' ' && this.#selection) return this.#choose(event)
    if (
      event.key !== 'Enter' ||
      event.composedPath().some((node) => node instanceof Element && node.matches('a, button'))
    )
      return
    const cell = this.#grid?.getEventContext(event)
    if (cell?.section === 'header') {
      const name = cell.column?.getAttribute('data-sort')
      if (name) this.#sortBy(name)
    } else if (cell?.section === 'body' && cell.item) this.#open(cell.item)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  /** The space bar chooses the row of the focused cell. */
  #choose(event: KeyboardEvent): void {
    const row = this.#rowAt(event)
    if (!row || event.composedPath().some((node) => node instanceof HTMLInputElement)) return
    event.preventDefault()
    event.stopPropagation()
    this.#selection?.change(toggled(this.#selection.ids, row.id))
  }

  get #selection(): Selection | undefined {
    const ids = this.selected
    return (
      ids && { ids, change: (detail) => this.dispatchEvent(new CustomEvent('select-change', { detail })) }
    )
  }

  #sortBy(name: string): void {
    this.dispatchEvent(new CustomEvent('sort-change', { detail: nextSort(this.sort, name) }))
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('selected')) this.#parts = chosenParts(this.selected)
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('rows')) {
      const before = changed.get('rows')
      // Another order or search starts at its top; an appended page must not move what is being read.
      if (before && before[0]?.id !== this.rows[0]?.id && this.rows.length > 0) this.#grid?.scrollToIndex(0)
    }
    if (changed.has('cellStyles') && this.cellStyles)
      adoptStyles(this.renderRoot as ShadowRoot, this.cellStyles)
    this.#end.disconnect()
    const end = this.renderRoot.querySelector('.end')
    if (end && this.#narrow.value && this.more) this.#end.observe(end)
  }

  #cell(column: GridColumn, row: AnyRecord, at: number): unknown {
    // The grid draws only what is near: a row close to the end means the end is near.
    if (at >= this.rows.length - AHEAD) queueMicrotask(() => this.#wantMore())
    const cell = renderCell(column, row)
    const path = column.title ? this.hrefOf?.(row) : undefined
    return path ? html`<a class="open" href=${href(path)}>${cell}</a>` : cell
  }

  /** A sample is enough, and the first page stays while others are appended. */
  #codes(column: GridColumn): string[] {
    return column.kind === 'code' ? this.rows.slice(0, 50).map((row) => cellText(column, row)) : []
  }

  #column(column: GridColumn): unknown {
    const head = (): TemplateResult => renderHead(column, this.sort, (name) => this.#sortBy(name))
    const draw = (row: AnyRecord, { index }: GridItemModel<AnyRecord>): TemplateResult =>
      html`${this.#cell(column, row, index)}`
    return html`<vaadin-grid-column
      width="${columnWidth(column, this.#codes(column))}px"
      flex-grow=${columnGrow(column)}
      text-align=${isFigure(column) ? 'end' : 'start'}
      data-sort=${column.sort ?? nothing}
      resizable
      ${columnHeaderRenderer(head, [column, this.sort, locale.value])}
      ${columnBodyRenderer<AnyRecord>(draw, [column, locale.value])}
    ></vaadin-grid-column>`
  }

  #selectColumn(): unknown {
    const selection = this.#selection
    if (!selection) return nothing
    const head = (): TemplateResult => selectAllBox(selection, this.rows)
    const draw = (row: AnyRecord): TemplateResult => selectBox(selection, this.columns, row)
    return html`<vaadin-grid-column
      width="64px"
      flex-grow="0"
      ${columnHeaderRenderer(head, [selection.ids, this.rows, locale.value])}
      ${columnBodyRenderer<AnyRecord>(draw, [selection.ids, locale.value])}
    ></vaadin-grid-column>`
  }

  override render(): unknown {
    if (this.#narrow.value === undefined) return nothing
    const body = this.#narrow.value
      ? renderCards(this.columns, this.rows, this.hrefOf, this.#selection)
      : html`<vaadin-grid
          theme="no-border"
          accessible-name=${this.label}
          item-id-path="id"
          ?data-opens=${this.hrefOf !== undefined}
          .cellPartNameGenerator=${this.#parts}
          .items=${this.rows}
          @click=${this.#clicked}
          @keydown=${{ handleEvent: this.#pressed, capture: true }}
        >
          ${this.#selectColumn()}${this.columns.map((column) => this.#column(column))}
        </vaadin-grid>`
    return html`${body}${renderFoot({ more: this.more, moreFailed: this.moreFailed, narrow: this.#narrow.value }, () => this.#retry())}`
  }
}

customElements.define('pl-data-grid', DataGrid)

declare global {
  interface HTMLElementTagNameMap {
    'pl-data-grid': DataGrid
  }
}
