import { Failure } from '../errors.ts'
import {
  compileList,
  openSealed,
  readPage,
  withCustomLabels,
  WrittenForElsewhere,
  type Database,
  type ListQuery,
  type ListRow,
  type Page,
  type ReadScope,
} from '../data/index.ts'
import type { TransferRecord } from './transfer-column.ts'

/** Rows of the first page, when nothing is known yet about their size. */
const FIRST = 200
const MOST = 5_000
/** Characters of JSON a page is aimed at. */
const PAGE_CHARACTERS = 1_000_000

/** How often a page is asked for anew because the tenant has moved meanwhile. */
const MOST_MOVES = 3

/** Where the tables of a page are now and what of them may be read, once the tenant has `moved` after all. @throws Failure when nothing may be */
export type PageScope = (moved: boolean) => Promise<ReadScope>

/**
 * Reads all records of a list, page by page, each as one statement by the compiler of the list itself: what a list would not show never
 * comes. Between two pages no connection and no snapshot is held, so that a slow reader costs the platform nothing. Each page shows one
 * moment; by keyset, no record that stays where it is in the order is left out or comes twice. A tenant that moves meanwhile is followed.
 *
 * @param scope asked before each page
 */
export async function* readPages(
  database: Database,
  tenantId: string,
  list: Omit<ListQuery, 'limit' | 'after'>,
  scope: PageScope,
): AsyncGenerator<TransferRecord[]> {
  let limit = FIRST
  let after: (string | null)[] | undefined
  for (;;) {
    const { items, last } = await askPage(database, tenantId, { ...list, limit, after }, scope)
    const records = JSON.parse(items) as TransferRecord[]
    if (records.length > 0) yield records
    if (!last) return
    after = last
    const size = Math.ceil(items.length / records.length)
    limit = Math.min(MOST, Math.max(50, Math.floor(PAGE_CHARACTERS / size)))
  }
}

async function askPage(
  database: Database,
  tenantId: string,
  query: ListQuery,
  scope: PageScope,
): Promise<Pick<Page, 'items' | 'last'>> {
  for (let moves = 0; ; moves += 1) {
    const now = await scope(moves > 0)
    try {
      const [row] = await database.query<ListRow>(
        { tenantId, role: query.model.role },
        compileList(query, now),
      )
      const { items, last } = readPage(query, row!)
      const found = await openSealed(now, items)
      return { items: await withCustomLabels(database, tenantId, found, query.include, now), last }
    } catch (error) {
      if (!(error instanceof WrittenForElsewhere) || moves === MOST_MOVES) throw outdated(error)
    }
  }
}

/** An upgrade on another node has taken away what the list was asked of. */
function outdated(error: unknown): unknown {
  const { code } = error as { code?: string }
  return code === '42703' || code === '42P01' ? new Failure('export_outdated', { cause: error }) : error
}
