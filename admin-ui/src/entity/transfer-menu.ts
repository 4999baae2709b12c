import type { EntityMeta, Filter } from '@plinth/sdk'
import { listQuery, locale, type MenuItem } from '@plinth/ui'
import { html, nothing } from 'lit'
import { download } from './download.ts'
import { t } from './texts.ts'

/** What the list shows now, as the server is asked for it. */
export interface Shown {
  readonly q: string
  readonly sort: string
  readonly filter: Filter
  /** How many entries that are, if it is known. */
  readonly total: number | undefined
}

/** The ways of records out of a list as files, and into it; nothing where the member has none. */
export function renderTransferMenu(meta: EntityMeta, shown: Shown): unknown {
  const into = importable(meta)
  const out = meta.exportable === true
  if (!into && !out) return nothing
  const items = [...(out ? exportItems(meta, shown) : []), ...(into ? [importItem(meta, out)] : [])]
  const label = t(into && out ? 'transfer.both' : out ? 'transfer.menu' : 'transfer.in')
  return html`<pl-menu slot="actions" class="transfer" label=${label} .items=${items}>
    <button slot="trigger" class="pl-button" aria-label=${label}>
      <pl-icon name=${into && out ? 'arrow-down-up' : 'arrow-down-to-line'}></pl-icon
      ><span class="word">${label}</span>
    </button>
    <p slot="header" class="transfer-count">
      ${out && shown.total !== undefined ? t('transfer.count', { count: shown.total }) : nothing}
    </p>
  </pl-menu>`
}

/** Whether files can be brought in: their rows become new records, or change some. */
export function importable(meta: EntityMeta): boolean {
  return meta.can.includes('create') || meta.can.includes('update')
}

function importItem(meta: EntityMeta, divided: boolean): MenuItem {
  return { label: t('transfer.import'), icon: 'file-up', divided, to: `${meta.path}/import` }
}

function exportItems(meta: EntityMeta, { q, sort, filter }: Shown): MenuItem[] {
  const columns = meta.list.columns.join(',')
  const people = { locale: locale.value.startsWith('de') ? 'de' : 'en' }
  const item = (
    label: string,
    icon: string,
    query: Readonly<Record<string, string>>,
    divided = false,
  ): MenuItem => ({
    label,
    icon,
    divided,
    run: () => void download(`${meta.api}/export${listQuery({ q, sort, filter, ...query })}`),
  })
  return [
    item(t('transfer.xlsx.shown'), 'file-spreadsheet', { format: 'xlsx', fields: columns, ...people }),
    item(t('transfer.xlsx.all'), 'file-spreadsheet', { format: 'xlsx', ...people }),
    item(t('transfer.csv.shown'), 'file-text', { format: 'csv', fields: columns, ...people }, true),
    item(t('transfer.csv.all'), 'file-text', { format: 'csv', ...people }),
    item(t('transfer.csv.raw'), 'file-code', { format: 'csv' }),
  ]
}
