import { createHash } from 'node:crypto'
import type pg from 'pg'
import { CUSTOM_SEARCH } from '../model/custom-fields.ts'
import type { EntityModel, Models } from '../model/entity-model.ts'
import { constraintName } from '../model/names.ts'
import { SEARCH_SUPPORT, type SearchSupport } from './prepare-search.ts'

/** Names of declared fields never start with an underscore. */
export const SEARCH_TEXT = '_search'
export const SEARCH_WORDS = '_words'

/** Names of the indexes that serve the search of an entity. */
export function searchIndexes(model: EntityModel): readonly [text: string, words: string] {
  return [
    constraintName(model.table, 'idx', [SEARCH_TEXT]),
    constraintName(model.table, 'idx', [SEARCH_WORDS]),
  ]
}

/**
 * Gives every entity with searchable fields two columns that PostgreSQL keeps up itself: all its searchable text without accents and
 * case, and its words, those of prose reduced to their stems in German and English. Run as owner of the tables.
 *
 * @param keep leave columns that are there as they are: another version searches in them too
 */
export async function addSearchColumns(
  client: pg.Client,
  models: Models,
  schema: string,
  keep = false,
): Promise<void> {
  const { rows: support } = await client.query<SearchSupport>(SEARCH_SUPPORT)
  const { rows } = await client.query<{ table: string; digest: string | null }>(
    `SELECT c.relname AS table, col_description(c.oid, a.attnum) AS digest FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = $1::regnamespace AND a.attname = '${SEARCH_TEXT}' AND NOT a.attisdropped`,
    [schema],
  )
  const present = new Map(rows.map(({ table, digest }) => [table, digest]))
  for (const model of models.values()) {
    if (keep && present.has(model.table)) continue
    const columns = searchColumns(model)
    const digest = columns && createHash('sha256').update(columns).digest('hex').slice(0, 16)
    const table = `${schema}.${model.table}`
    if (present.has(model.table) && present.get(model.table) !== digest)
      await client.query(`ALTER TABLE ${table} DROP COLUMN ${SEARCH_TEXT}, DROP COLUMN ${SEARCH_WORDS}`)
    if (!columns) continue
    if (present.get(model.table) !== digest)
      await client.query(
        `ALTER TABLE ${table} ${columns}; COMMENT ON COLUMN ${table}.${SEARCH_TEXT} IS '${digest}'`,
      )
    if (!support[0]!.indexed) continue
    const [text, words] = searchIndexes(model)
    await client.query(
      `CREATE INDEX IF NOT EXISTS "${text}" ON ${table} USING gin (tenant_id, ${SEARCH_TEXT} plinth.gin_trgm_ops);
       CREATE INDEX IF NOT EXISTS "${words}" ON ${table} USING gin (tenant_id, ${SEARCH_WORDS})`,
    )
  }
}

function searchColumns(model: EntityModel): string | undefined {
  const fields = model.fields.filter((field) => field.declaration.search)
  const { extensible } = model.declaration
  if (fields.length === 0 && !extensible) return undefined
  const folded = (ofType: (type: string) => boolean) => {
    const columns = [
      ...fields.filter((field) => ofType(field.declaration.type)).map((field) => field.column),
      ...(extensible && ofType('string') ? [CUSTOM_SEARCH] : []),
    ]
    // A line feed between two fields: no word of a search holds one, so none is found half in the one and half in the other.
    const text = columns.map((column) => `coalesce(${column} COLLATE "C", '')`).join(` || E'\\n' || `)
    return `plinth.fold(${text || `''`})`
  }
  const prose = folded((type) => type === 'text')
  return `ADD COLUMN ${SEARCH_TEXT} text COLLATE "C" GENERATED ALWAYS AS (${folded(() => true)}) STORED,
    ADD COLUMN ${SEARCH_WORDS} tsvector GENERATED ALWAYS AS (to_tsvector('pg_catalog.simple', ${folded((type) => type !== 'text')})
      || to_tsvector('pg_catalog.german', ${prose}) || to_tsvector('pg_catalog.english', ${prose})) STORED`
}
