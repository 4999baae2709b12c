import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { AnyRecord } from '../api/client.ts'
import { href } from '../api/base.ts'
import { ElementWidth } from '../element/element-width.ts'
import { PlinthElement } from '../element/plinth-element.ts'
import { cardStyles, renderCards } from './card-list.ts'
import { cellStyles, renderCell } from './cell.ts'
import { isFigure, type GridColumn } from './column.ts'

/** Below this width in pixels the rows are cards instead of a table. */
const NARROW = 480

/** Width in pixels a column needs, and one of figures. */
const COLUMN = 150
const FIGURE = 110

/** A few records as a compact table, all of them drawn. For long or sortable lists there is `pl-data-grid`. */
export class DataTable extends PlinthElement {
  static override properties: PropertyDeclarations = {
    columns: { attribute: false },
    rows: { attribute: false },
    label: {},
    hrefOf: { attribute: false },
  }
  declare columns: readonly GridColumn[]
  declare rows: readonly AnyRecord[]
  /** Accessible name. */
  declare label: string
  /** Where a row leads, as a path below the workspace. */
  declare hrefOf: ((row: AnyRecord) => string | undefined) | undefined

  readonly #measured = new ElementWidth(this, (width) => width)

  static override styles = [
    cellStyles,
    cardStyles,
    css`
      :host {
        display: block;
        --pl-gutter: var(--pl-table-inset, 16px);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--pl-size-14);
      }
      th,
      td {
        height: 42px;
        max-width: 0;
        width: 1%;
        padding: 0 10px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        text-align: start;
      }
      .wide {
        width: 2%;
      }
      .end {
        text-align: end;
      }
      :is(th, td):first-child {
        padding-inline-start: var(--pl-gutter);
      }
      :is(th, td):last-child {
        padding-inline-end: var(--pl-gutter);
      }
      th {
        height: 34px;
        color: var(--pl-text-2);
        font-size: var(--pl-size-12);
        font-weight: 500;
      }
      td {
        border-block-start: 1px solid var(--pl-hairline);
      }
      tbody tr:hover {
        background: var(--pl-hover);
      }
      td a.open {
        font-weight: 500;
      }
      td a.open:hover {
        text-decoration: underline;
        text-decoration-color: color-mix(in oklch, currentColor 35%, transparent);
        text-underline-offset: 3px;
      }
      .cards li:last-child .card {
        border-block-end: 0;
      }
    `,
  ]

  constructor() {
    super()
    this.columns = []
    this.rows = []
    this.label = ''
  }

  /** In pixels; 0 before it is known. */
  get #width(): number {
    return this.#measured.value ?? 0
  }

  /** As many columns as fit, the first ones and any status. */
  get #fitting(): readonly GridColumn[] {
    let left = this.#width
    const fits = this.columns.findIndex((column) => (left -= isFigure(column) ? FIGURE : COLUMN) < 0)
    const room = Math.max(2, fits < 0 ? this.columns.length : fits)
    if (this.columns.length <= room) return this.columns
    const status = this.columns.find((column) => column.kind === 'status')
    const first = this.columns.slice(0, room)
    return !status || first.includes(status) ? first : [...first.slice(0, -1), status]
  }

  #row(columns: readonly GridColumn[], row: AnyRecord): unknown {
    const path = this.hrefOf?.(row)
    const lead = columns.find((column) => column.title) ?? columns[0]
    return html`<tr>
      ${columns.map((column) => {
        const cell = renderCell(column, row)
        const shown = path && column === lead ? html`<a class="open" href=${href(path)}>${cell}</a>` : cell
        return html`<td class=${isFigure(column) ? 'end' : ''}>${shown}</td>`
      })}
    </tr>`
  }

  override render(): unknown {
    if (this.#width === 0) return nothing
    if (this.#width < NARROW) return renderCards(this.columns, this.rows, this.hrefOf)
    const columns = this.#fitting
    return html`<table aria-label=${this.label}>
      <thead>
        <tr>
          ${columns.map(
            (column) =>
              html`<th
                scope="col"
                class="${isFigure(column) ? 'end' : ''} ${column.title || (column.grow ?? 0) > 1 ? 'wide' : ''}"
              >
                ${column.label}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          this.rows,
          (row) => row.id,
          (row) => this.#row(columns, row),
        )}
      </tbody>
    </table>`
  }
}

customElements.define('pl-data-table', DataTable)

declare global {
  interface HTMLElementTagNameMap {
    'pl-data-table': DataTable
  }
}
