import { html, type TemplateResult } from 'lit'
import { ref } from 'lit/directives/ref.js'
import type { GridColumn } from './column.ts'
import { sortDirection } from './sort.ts'
import { t } from './texts.ts'

/** The header cell is the grid's own; screen readers look for the order there. */
function tellOrder(button: Element | undefined, direction: 'asc' | 'desc' | undefined): void {
  queueMicrotask(() => {
    const cell = button?.closest('vaadin-grid-cell-content')?.assignedSlot?.parentElement
    cell?.setAttribute('aria-sort', direction ? `${direction}ending` : 'none')
  })
}

/** The head of a column, as a button where the column can be sorted by. */
export function renderHead(column: GridColumn, sort: string, sortBy: (name: string) => void): TemplateResult {
  const name = column.sort
  if (!name) return html`<span class="head">${column.label}</span>`
  const direction = sortDirection(sort, name)
  return html`<button
    class="head sort ${direction ?? ''}"
    tabindex="-1"
    @click=${() => sortBy(name)}
    title=${direction ? t(`grid.sorted.${direction}`) : t('grid.sort')}
    ${ref((button) => tellOrder(button, direction))}
  >
    ${column.label}<pl-icon name=${direction === 'desc' ? 'arrow-down' : 'arrow-up'}></pl-icon>
  </button>`
}
