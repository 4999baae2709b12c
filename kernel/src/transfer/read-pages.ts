import {
  compileList,
  openSealed,
  readPage,
  withCustomLabels,
  type Database,
  type ListQuery,
  type ListRow,
  type ReadScope,
} from '../data/index.ts'
import type { TransferRecord } from './transfer-column.ts'

/** Rows of the first page, when nothing is known yet about their size. */
const FIRST = 200
const MOST = 5_000
/** Characters of JSON a page is aimed at. */
const PAGE_CHARACTERS = 1_000_000

/**
 * Reads all records of a list, page by page, each as one statement by the compiler of the list itself: what a list would not show never
 * comes. Between two pages no connection and no snapshot is held, so that a slow reader costs the platform nothing. Each page shows one
 * moment; by keyset, no record that stays where it is in the order is left out or comes twice.
 *
 * @param check called before each page; throws when the reader may read no longer
 */
export async function* readPages(
  database: Database,
  tenantId: string,
  list: Omit<ListQuery, 'limit' | 'after'>,
  scope: ReadScope,
  check: () => Promise<void>,
): AsyncGenerator<TransferRecord[]> {
  let limit = FIRST
  let after: (string | null)[] | undefined
  for (;;) {
    await check()
    const statement = compileList({ ...list, limit, after }, scope)
    const [row] = await database.query<ListRow>({ tenantId, role: list.model.role }, statement)
    const { items, last } = readPage({ ...list, limit }, row!)
    const found = await openSealed(scope, items)
    const labelled = await withCustomLabels(database, tenantId, found, list.include, scope)
    const records = JSON.parse(labelled) as TransferRecord[]
    if (records.length > 0) yield records
    if (!last) return
    after = last
    const size = Math.ceil(items.length / records.length)
    limit = Math.min(MOST, Math.max(50, Math.floor(PAGE_CHARACTERS / size)))
  }
}
