import { fmt, pick, type AnyRecord } from '@plinth/ui'
import '@plinth/ui/data-grid'
import type { ChildForm } from '@plinth/ui/form'
import { css, html, nothing } from 'lit'
import { listColumns, type MemberNames } from './list-columns.ts'

/** The children that came along with a record, all of them, in their order. */
export function renderChildren(
  { collection, meta }: ChildForm,
  record: AnyRecord,
  members: MemberNames,
): unknown {
  const rows = (record[collection.name] ?? []) as readonly AnyRecord[]
  if (rows.length === 0) return nothing
  const label = pick(collection.label)
  return html`<section class="pl-card children">
    <h2>${label}<span class="count">${fmt.num(rows.length)}</span></h2>
    <pl-data-table
      .columns=${listColumns(meta, members, collection.field)}
      .rows=${rows}
      .label=${label}
      .hrefOf=${(row: AnyRecord) => `${meta.path}/${row.id}`}
    ></pl-data-table>
  </section>`
}

export const childListStyles = css`
  .children {
    overflow: hidden;
  }
  .children h2 {
    padding: 14px 16px;
    font-size: var(--pl-size-14);
    font-weight: 600;
    line-height: 20px;
  }
  .children .count {
    margin-inline-start: 6px;
    color: var(--pl-text-2);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .children pl-data-table {
    border-block-start: 1px solid var(--pl-hairline);
  }
`
