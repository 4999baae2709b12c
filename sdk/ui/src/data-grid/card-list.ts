import { css, html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { href } from '../api/base.ts'
import { cellText, cellValue, isEmpty, renderCell } from './cell.ts'
import type { GridColumn } from './column.ts'
import { selectBox, type Selection } from './selection.ts'

/** How many quiet facts stand under the name of a card. */
const FACTS = 3

interface CardParts<R> {
  readonly title: GridColumn<R> | undefined
  readonly status: GridColumn<R> | undefined
  readonly facts: readonly GridColumn<R>[]
}

/** Which columns a card shows where: the name first, the first coloured status beside it, the rest in a quiet line. */
export function cardParts<R>(columns: readonly GridColumn<R>[]): CardParts<R> {
  const title = columns.find((column) => column.title) ?? columns[0]
  const status = columns.find(
    (column) => column.kind === 'status' && column.values?.some((each) => each.tone),
  )
  return {
    title,
    status,
    facts: columns.filter((column) => column !== title && column !== status && column.kind !== 'tags'),
  }
}

function fact<R>(column: GridColumn<R>, row: R): unknown {
  // Out of its column a bare yes says nothing: the label itself is the fact.
  if (column.kind === 'bool') return column.label
  const value = column.kind === 'datetime' ? renderCell(column, row) : cellText(column, row)
  return html`<span class="pl-sr-only">${column.label}: </span>${value}`
}

function saysSomething<R>(column: GridColumn<R>, row: R): boolean {
  const value = cellValue(column, row)
  return !isEmpty(value) && value !== false
}

function card<R>(parts: CardParts<R>, row: R): TemplateResult {
  const filled = parts.facts.filter((column) => saysSomething(column, row)).slice(0, FACTS)
  return html`
    <span class="top">
      <span class="name">${parts.title ? renderCell(parts.title, row, { links: false }) : nothing}</span>
      ${parts.status ? renderCell(parts.status, row, { links: false }) : nothing}
    </span>
    ${
      filled.length > 0
        ? html`<span class=${parts.title?.kind === 'person' ? 'facts beside' : 'facts'}
            >${filled.map((column) => html`<span class="fact">${fact(column, row)}</span>`)}</span
          >`
        : nothing
    }
  `
}

/** The rows as a list of cards, for narrow places. */
export function renderCards<R extends { readonly id: string }>(
  columns: readonly GridColumn<R>[],
  rows: readonly R[],
  hrefOf: ((row: R) => string | undefined) | undefined,
  selection?: Selection,
): TemplateResult {
  const parts = cardParts(columns)
  return html`<ul class=${selection ? 'cards picking' : 'cards'} role="list">
    ${repeat(
      rows,
      (row) => row.id,
      (row) => {
        const path = hrefOf?.(row)
        return html`<li>
          ${selection ? selectBox(selection, columns, row) : nothing}
          ${path ? html`<a class="card" href=${href(path)}>${card(parts, row)}</a>` : html`<div class="card">${card(parts, row)}</div>`}
        </li>`
      },
    )}
  </ul>`
}

export const cardStyles = css`
  .cards {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .cards li {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 72px;
  }
  .card {
    display: grid;
    gap: 3px;
    padding: 12px var(--pl-gutter);
    border-block-end: 1px solid var(--pl-hairline);
  }
  a.card:hover {
    background: var(--pl-hover);
  }
  a.card:focus-visible {
    outline-offset: -2px;
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-width: 0;
  }
  .top pl-status {
    flex: none;
    font-size: var(--pl-size-13);
  }
  .name {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 550;
  }
  .name pl-person {
    font-weight: 400;
  }
  .facts.beside {
    padding-inline-start: 38px;
  }
  .facts {
    overflow: hidden;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 19px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .fact + .fact::before {
    content: '·';
    padding-inline: 6px;
    color: var(--pl-text-3);
  }
`
