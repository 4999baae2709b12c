import type { Database } from './database.ts'
import { SEARCH_SUPPORT, type SearchSupport } from './schema/prepare-search.ts'

/** What the search of this database can do. Known at start: it takes set-up to change it. */
export async function searchSupport(database: Database): Promise<SearchSupport> {
  const [row] = await database.queryPlatform<SearchSupport>({ text: SEARCH_SUPPORT })
  return row!
}
