import type pg from 'pg'

/** Extensions that any owner of a database may create: their authors call them trusted. */
const EXTENSIONS = ['pg_trgm', 'btree_gin'] as const

/**
 * Functions behind operators that row-level security would otherwise keep off their index. None of them tells its caller anything but its
 * result; errors, by which foreign values could be seen, they do not raise.
 */
const LEAKPROOF = [
  'pg_catalog.textlike(text,text)',
  'pg_catalog.ts_match_vq(tsvector,tsquery)',
  'plinth.word_similarity_commutator_op(text,text)',
  'pg_catalog.numeric_eq(numeric,numeric)',
  'pg_catalog.numeric_lt(numeric,numeric)',
  'pg_catalog.numeric_le(numeric,numeric)',
  'pg_catalog.numeric_gt(numeric,numeric)',
  'pg_catalog.numeric_ge(numeric,numeric)',
]

/** What the search of this database can do. */
export interface SearchSupport {
  /** Words are also found when they are written a little differently. */
  readonly similar: boolean
  /** Searching uses indexes. */
  readonly indexed: boolean
}

/** Prepares what the search box needs, as far as this login may: without extensions or without superuser, search is slower and plainer. */
export async function prepareSearch(client: pg.Client, login: string): Promise<void> {
  for (const extension of EXTENSIONS)
    await attempt(client, `CREATE EXTENSION IF NOT EXISTS ${extension} SCHEMA plinth`)
  const { rows: missing } = await client.query<{ signature: string }>(
    `SELECT signature FROM unnest($1::text[]) signature JOIN pg_proc p ON p.oid = to_regprocedure(signature) WHERE NOT p.proleakproof`,
    [LEAKPROOF],
  )
  for (const { signature } of missing) await attempt(client, `ALTER FUNCTION ${signature} LEAKPROOF`)
  await prepareThreshold(client, login)
}

/** How many of the letter triples must be common: one wrong letter in a word of six is forgiven, unlike words are not shown. */
async function prepareThreshold(client: pg.Client, login: string): Promise<void> {
  const { rows } = await client.query<{ name: string; set: boolean }>(
    `SELECT current_database() AS name, EXISTS (SELECT FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
      WHERE d.datname = current_database() AND s.setrole = to_regrole($1)
      AND 'pg_trgm.word_similarity_threshold=0.39' = ANY (s.setconfig)) AS set`,
    [login],
  )
  const { name, set } = rows[0]!
  if (!set)
    await attempt(
      client,
      `ALTER ROLE ${login} IN DATABASE ${client.escapeIdentifier(name)} SET pg_trgm.word_similarity_threshold = 0.39`,
    )
}

/** Managed servers refuse some of this, and do well enough without. */
async function attempt(client: pg.Client, sql: string): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    if ((error as { code?: string }).code === undefined) throw error
  }
}

/** Asks what the set-up could achieve. */
export const SEARCH_SUPPORT = `
  SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm' AND extnamespace = 'plinth'::regnamespace) AS similar,
    (SELECT count(*) = ${EXTENSIONS.length} FROM pg_extension WHERE extname IN ('${EXTENSIONS.join(`','`)}') AND extnamespace = 'plinth'::regnamespace)
    AND (SELECT count(*) = 3 AND bool_and(p.proleakproof) FROM unnest(ARRAY['${LEAKPROOF.slice(0, 3).join(`','`)}']) s JOIN pg_proc p ON p.oid = to_regprocedure(s)) AS indexed`
