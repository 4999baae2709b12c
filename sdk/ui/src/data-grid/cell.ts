import type { Address, FileReference, Geo, Money } from '@plinth/sdk'
import { css, html, nothing, type TemplateResult } from 'lit'
import { EMPTY, fmt } from '../i18n/format.ts'
import { pick } from '../i18n/locale.ts'
import { common } from '../texts.ts'
import type { GridColumn } from './column.ts'
import { fileAddress, fileCell, fileCellStyles } from './file-cell.ts'
import { t } from './texts.ts'
import { isUnreadable, renderUnreadable } from './unreadable.ts'

/** Whether there is something to show. */
export function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (typeof value === 'object' && Object.values(value).every(isEmpty))
  )
}

/** What a column reads from a row. */
export function cellValue<R>(column: GridColumn<R>, row: R): unknown {
  return column.value ? column.value(row) : (row as Readonly<Record<string, unknown>>)[column.key]
}

/** The label of a reference, or the value itself. */
function plain(value: unknown): string {
  if (value !== null && typeof value === 'object') return (value as { label?: string }).label ?? ''
  return String(value)
}

/** `Hafenstraße 4, 20457 Hamburg` */
export function addressLine(address: Address): string {
  const place = [address.zip, address.city].filter(Boolean).join(' ')
  const country = address.country && address.country !== 'DE' ? address.country : ''
  return [address.street, place, country].filter(Boolean).join(', ')
}

function statusCell(column: GridColumn<never>, value: string): unknown {
  const known = column.values?.find((each) => each.value === value)
  const label = known ? pick(known.label) : value
  // Values without any tone carry no judgement: a row of equal grey dots would only be noise.
  if (!column.values?.some((each) => each.tone)) return label
  return html`<pl-status tone=${known?.tone ?? 'neutral'} label=${label}></pl-status>`
}

function tagsCell(tags: readonly string[]): TemplateResult {
  const rest = tags.slice(2)
  return html`<span class="tags"
    >${tags.slice(0, 2).map((tag) => html`<span class="tag">${tag}</span>`)}${
      rest.length > 0
        ? html`<span class="tag more" title=${rest.join(', ')}
            >+${rest.length}<span class="pl-sr-only"> ${t('grid.tags', { count: rest.length })}</span></span
          >`
        : nothing
    }</span
  >`
}

/** The value as plain text, for places where nothing may be clicked or coloured. */
export function cellText<R>(column: GridColumn<R>, row: R): string {
  const value = cellValue(column, row)
  if (isEmpty(value)) return isUnreadable(row, column.key) ? t('grid.unreadable') : ''
  switch (column.kind) {
    case 'status': {
      const known = column.values?.find((each) => each.value === value)
      return known ? pick(known.label) : String(value)
    }
    case 'date':
      return fmt.date(value as string)
    case 'datetime':
      return fmt.datetime(value as string)
    case 'number':
      return number(column, value)
    case 'bool':
      return value ? common('common.yes') : common('common.no')
    case 'tags':
      return (value as readonly string[]).join(', ')
    case 'address':
      return addressLine(value as Address)
    case 'money':
      return money(value as Money)
    case 'iban':
      return fmt.iban(value as string)
    case 'geo':
      return fmt.geo(value as Geo)
    case 'file':
      return (value as FileReference).name
    case 'json':
      return JSON.stringify(value)
    default:
      return plain(value)
  }
}

function money({ amount, currency }: Money): string {
  return fmt.money(amount, currency)
}

function number(column: GridColumn<never>, value: unknown): string {
  const digits = column.scale ?? 0
  return fmt.num(value as string, { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** Draws the value of a cell after the kind of its column. `links: false` leaves mail and phone as text. */
export function renderCell<R>(column: GridColumn<R>, row: R, options: { links?: boolean } = {}): unknown {
  if (column.render) return column.render(row)
  const value = cellValue(column, row)
  if (isEmpty(value))
    return isUnreadable(row, column.key) ? renderUnreadable() : html`<span class="none">${EMPTY}</span>`
  const links = options.links ?? true
  switch (column.kind) {
    case 'person':
      return html`<pl-person
        name=${plain(value)}
        secondary=${plain(column.secondary?.(row) ?? '')}
      ></pl-person>`
    case 'status':
      return statusCell(column, String(value))
    case 'datetime':
      return html`<span class="quiet" title=${fmt.datetime(value as string)}
        >${fmt.rel(value as string)}</span
      >`
    case 'number':
      return html`<span class="num">${number(column, value)}</span>`
    case 'date':
      return html`<span class="num">${fmt.date(value as string)}</span>`
    case 'bool':
      return value
        ? html`<span class="yes"><pl-icon name="check"></pl-icon>${common('common.yes')}</span>`
        : html`<span class="quiet">${common('common.no')}</span>`
    case 'tags':
      return tagsCell(value as readonly string[])
    case 'code':
      return html`<span class="code">${plain(value)}</span>`
    case 'email':
      return links ? html`<a class="soft" href="mailto:${String(value)}">${value}</a>` : value
    case 'phone':
      return links
        ? html`<a class="soft num" href="tel:${String(value).replace(/[^+\d]/g, '')}">${value}</a>`
        : html`<span class="num">${value}</span>`
    case 'url':
      // Nothing but the web: an address of another kind could run as a script.
      return links && /^https?:/i.test(String(value))
        ? html`<a class="soft" href=${String(value)} target="_blank" rel="noopener noreferrer"
            >${String(value).replace(/^https?:\/\/(www\.)?|\/$/g, '')}</a
          >`
        : value
    case 'file':
      return fileCell(value as FileReference, links ? fileAddress(column, row) : undefined)
    case 'address':
      return addressLine(value as Address)
    case 'money':
      return html`<span class="num">${money(value as Money)}</span>`
    case 'iban':
    case 'geo':
      return html`<span class="num">${cellText(column, row)}</span>`
    case 'masked':
      return html`<span class="num quiet">${plain(value)}</span>`
    case 'json':
      return html`<span class="quiet">${cellText(column, row)}</span>`
    default:
      return plain(value)
  }
}

/** Rules for everything `renderCell` draws; adopted by whichever root holds the cells. */
export const cellStyles = css`
  ${fileCellStyles}
  .none,
  .quiet {
    color: var(--pl-text-2);
  }
  .num,
  .code {
    font-variant-numeric: tabular-nums;
  }
  .code {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
  }
  .unreadable {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--pl-text-2);
    --pl-icon-size: 14px;
  }
  .unreadable pl-icon {
    flex: none;
    color: var(--pl-warning);
  }
  .yes {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    --pl-icon-size: 14px;
  }
  .yes pl-icon {
    color: var(--pl-positive);
  }
  a.soft:hover {
    color: var(--pl-accent-text);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .tags {
    display: inline-flex;
    gap: 5px;
    max-width: 100%;
    vertical-align: middle;
  }
  .tag {
    overflow: hidden;
    text-overflow: ellipsis;
    padding: 1px 7px;
    border-radius: var(--pl-radius-s);
    background: var(--pl-neutral-soft);
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
    line-height: 18px;
    white-space: nowrap;
  }
  .tag:first-child,
  .tag.more {
    flex: none;
    max-width: 100%;
  }
`
