import type { GridColumn } from '@plinth/ui/data-grid'
import { html, nothing, type TemplateResult } from 'lit'
import { t } from './texts.ts'

/**
 * The order of the rows as a menu, for narrow windows: cards have no heads to press.
 *
 * @param sort as the server is asked: `name`, or `-name` for descending
 */
export function renderSortMenu(
  columns: readonly GridColumn[],
  sort: string,
  change: (sort: string) => void,
): TemplateResult | typeof nothing {
  const orders = columns.flatMap(({ sort: name, label }) =>
    name === undefined
      ? []
      : [
          { value: name, label: t('list.order.asc', { name: label }) },
          { value: `-${name}`, label: t('list.order.desc', { name: label }) },
        ],
  )
  if (orders.length === 0) return nothing
  const chosen = sort.split(',')[0]
  const known = orders.some(({ value }) => value === chosen)
  return html`<span class="menu order"
    ><select
      aria-label=${t('list.order')}
      @change=${(event: Event) => change((event.currentTarget as HTMLSelectElement).value)}
    >
      ${known ? nothing : html`<option value=${sort} selected>${t('list.order')}</option>`}
      ${orders.map(
        ({ value, label }) => html`<option value=${value} .selected=${value === chosen}>${label}</option>`,
      )}
    </select>
    <pl-icon name="chevron-down"></pl-icon
  ></span>`
}
