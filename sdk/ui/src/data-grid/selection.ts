import { css, html, type TemplateResult } from 'lit'
import type { AnyRecord } from '../api/client.ts'
import { cellText } from './cell.ts'
import type { GridColumn } from './column.ts'
import { t } from './texts.ts'

/** Rows that are chosen, and how choices are changed. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  change(ids: ReadonlySet<string>): void
}

/** The same with one row chosen, or no longer. */
export function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}

/** Chooses one row; named by what names the record. */
export function selectBox<R extends { readonly id: string }>(
  { ids, change }: Selection,
  columns: readonly GridColumn<R>[],
  row: R,
): TemplateResult {
  const title = columns.find((column) => column.title) ?? columns[0]
  return html`<label class="pick"
    ><input
      type="checkbox"
      aria-label=${t('grid.select', { name: title ? cellText(title, row) : '' })}
      .checked=${ids.has(row.id)}
      @change=${() => change(toggled(ids, row.id))}
  /></label>`
}

/** Chooses all rows that are here, or none. */
export function selectAllBox({ ids, change }: Selection, rows: readonly AnyRecord[]): TemplateResult {
  const count = rows.filter(({ id }) => ids.has(id)).length
  const all = rows.length > 0 && count === rows.length
  return html`<label class="pick"
    ><input
      type="checkbox"
      aria-label=${t('grid.selectAll')}
      .checked=${all}
      .indeterminate=${count > 0 && !all}
      @change=${() => change(new Set(all ? [] : rows.map(({ id }) => id)))}
  /></label>`
}

/** Marks the cells of chosen rows in the table. A function of its own for each choice: the grid then asks anew. */
export function chosenParts(
  ids: ReadonlySet<string> | undefined,
): ((column: unknown, model: { readonly item: AnyRecord }) => string) | null {
  return ids ? (_, { item }) => (ids.has(item.id) ? 'chosen' : '') : null
}

export const selectionStyles = css`
  .pick {
    display: inline-grid;
    place-items: center;
    min-width: 24px;
    min-height: 32px;
    cursor: pointer;
  }
  .pick input {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--pl-accent);
    cursor: inherit;
  }
  .picking li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: stretch;
    border-block-end: 1px solid var(--pl-hairline);
  }
  .picking .pick {
    padding-inline-start: var(--pl-gutter);
    min-width: 44px;
  }
  .picking .card {
    padding-inline-start: 12px;
    border-block-end: 0;
  }
  .picking li:has(:checked) {
    background: var(--pl-accent-soft);
  }
`
