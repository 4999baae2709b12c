import { SEARCH_TEXT, SEARCH_WORDS } from '../schema/search-columns.ts'
import type { SqlValues } from './sql-values.ts'

/** Shorter words have too few letters to resemble another. */
const SHORTEST_SIMILAR = 4

/** The words of a search: at most eight. */
function wordsOf(search: string): string[] {
  return search
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8)
}

/**
 * The condition of records that hold every word of a search somewhere, case and accents aside: "müller berlin" finds Müller in Berlin. A
 * word is held as a part of the text, or in prose as another form of the same word. "ue" finds "ü".
 */
export function compileSearch(search: string, values: SqlValues, alias: string): string {
  const conditions = wordsOf(search).map((word) => {
    const spellings = new Set([word, word.replaceAll(/([aou])e/gi, '$1')])
    const parts = [...spellings].map(
      (spelling) => `${alias}.${SEARCH_TEXT} LIKE '%' || ${fold(values.add(literal(spelling)))} || '%'`,
    )
    return `(${parts.join(' OR ')} OR ${alias}.${SEARCH_WORDS} @@ ${stems(values.add(word))})`
  })
  return conditions.join(' AND ')
}

/** The condition of records that hold words like those of a search: typos, other spellings. */
export function compileSimilar(search: string, values: SqlValues, alias: string): string {
  const conditions = wordsOf(search).map((word) =>
    word.length < SHORTEST_SIMILAR
      ? compileSearch(word, values, alias)
      : `${alias}.${SEARCH_TEXT} OPERATOR(plinth.%>) ${fold(values.add(word))}`,
  )
  return conditions.join(' AND ')
}

/** How well a record meets a search, as a whole number. */
export function compileRank(search: string, similar: boolean, values: SqlValues, alias: string): string {
  const text = values.add(wordsOf(search).join(' '))
  const likeness = similar ? `plinth.word_similarity(${fold(text)}, ${alias}.${SEARCH_TEXT})` : '0'
  return `(10000 * (ts_rank(${alias}.${SEARCH_WORDS}, ${stems(text)}) + ${likeness}))::int`
}

function fold(placeholder: string): string {
  return `plinth.fold(${placeholder}::text)`
}

function stems(placeholder: string): string {
  const query = (language: string) => `plainto_tsquery('pg_catalog.${language}', ${fold(placeholder)})`
  return `(${query('simple')} || ${query('german')} || ${query('english')})`
}

/** Text that LIKE takes as it is. */
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)
}
