import { asArray, beginsWith, TENANT, type SealedStore } from './sealed-store.ts'

/** Pieces of files are large. */
const FILES = 4
const ROWS = 200

/** Base64 in a text, as bytes. What is no base64, and so nothing that was sealed, is null. */
const bytes = (text: string): string =>
  `CASE WHEN ${text} ~ '^[A-Za-z0-9+/]{40,}=*$' THEN decode(${text}, 'base64') END`

const base64 = (hex: string): string => `translate(encode(decode(${hex}, 'hex'), 'base64'), E'\\n', '')`

/** Files that wait to be imported into an entity with encrypted fields, in pieces. */
const files: SealedStore = {
  name: 'plinth.import_chunk',
  next: (cursor) => {
    const [id, n] = cursor?.split(' ') ?? [null, null]
    return {
      text: `SELECT c.import_id || ' ' || c.n AS cursor, encode(c.bytes, 'hex') AS bytes FROM plinth.import_chunk c
        JOIN plinth.import i ON i.tenant_id = c.tenant_id AND i.id = c.import_id AND i.sealed
        WHERE c.${TENANT} AND ($1::uuid IS NULL OR (c.import_id, c.n) > ($1::uuid, $2::int))
        ORDER BY c.import_id, c.n LIMIT ${FILES} FOR NO KEY UPDATE OF c`,
      values: [id, n],
    }
  },
  read: (row) => {
    const cursor = String(row['cursor'])
    const place = `import|${cursor.replace(' ', '|')}`
    return { cursor, cells: [{ name: 'bytes', sealed: String(row['bytes']), place }] }
  },
  replace: (rows) => ({
    text: `UPDATE plinth.import_chunk c SET bytes = decode(r.bytes, 'hex') FROM json_to_recordset($1::json) AS r (id uuid, n int, bytes text)
      WHERE c.${TENANT} AND c.import_id = r.id AND c.n = r.n`,
    values: [
      JSON.stringify(
        rows.map(({ cursor, values }) => ({
          id: cursor.split(' ')[0],
          n: Number(cursor.split(' ')[1]),
          ...values,
        })),
      ),
    ],
  }),
  count: (headers) => ({
    text: `SELECT count(*)::int AS count FROM plinth.import_chunk c JOIN plinth.import i ON i.tenant_id = c.tenant_id AND i.id = c.import_id AND i.sealed
      WHERE c.${TENANT} AND ${beginsWith('c.bytes', '$1')}`,
    values: [asArray(headers)],
  }),
}

/** What is shown of such files. */
const facts: SealedStore = {
  name: 'plinth.import',
  next: (cursor) => ({
    text: `SELECT id::text AS cursor, encode(${bytes(`facts->>'sealed'`)}, 'hex') AS facts FROM plinth.import
      WHERE ${TENANT} AND sealed AND facts ? 'sealed' AND ($1::uuid IS NULL OR id > $1::uuid) ORDER BY id LIMIT ${ROWS} FOR NO KEY UPDATE`,
    values: [cursor],
  }),
  read: (row) => {
    const cursor = String(row['cursor'])
    return {
      cursor,
      cells: [{ name: 'facts', sealed: String(row['facts']), place: `import facts|${cursor}` }],
    }
  },
  replace: (rows) => ({
    text: `UPDATE plinth.import i SET facts = jsonb_build_object('sealed', ${base64('r.facts')}) FROM json_to_recordset($1::json) AS r (cursor uuid, facts text)
      WHERE i.${TENANT} AND i.id = r.cursor`,
    values: [JSON.stringify(rows.map(({ cursor, values }) => ({ cursor, ...values })))],
  }),
  count: (headers) => ({
    text: `SELECT count(*)::int AS count FROM plinth.import WHERE ${TENANT} AND sealed AND facts ? 'sealed' AND ${beginsWith(bytes(`facts->>'sealed'`), '$1')}`,
    values: [asArray(headers)],
  }),
}

/** Answers to requests that may be repeated. Those kept without a key are JSON, and no sealed value begins like that. */
const answers: SealedStore = {
  name: 'plinth.idempotency',
  next: (cursor) => {
    const [actor, key] = cursor === null ? [null, null] : (JSON.parse(cursor) as [string, string])
    return {
      text: `SELECT json_build_array(actor, key)::text AS cursor, encode(${bytes('body')}, 'hex') AS body FROM plinth.idempotency
        WHERE ${TENANT} AND ${bytes('body')} IS NOT NULL AND ($1::text IS NULL OR (actor, key) > ($1, $2)) ORDER BY actor, key LIMIT ${ROWS} FOR NO KEY UPDATE`,
      values: [actor, key],
    }
  },
  read: (row) => {
    const cursor = String(row['cursor'])
    const place = ['idempotency', ...(JSON.parse(cursor) as string[])].join('|')
    return { cursor, cells: [{ name: 'body', sealed: String(row['body']), place }] }
  },
  replace: (rows) => ({
    text: `UPDATE plinth.idempotency i SET body = ${base64('r.body')} FROM json_to_recordset($1::json) AS r (actor text, key text, body text)
      WHERE i.${TENANT} AND i.actor = r.actor AND i.key = r.key`,
    values: [
      JSON.stringify(
        rows.map(({ cursor, values }) => {
          const [actor, key] = JSON.parse(cursor) as [string, string]
          return { actor, key, ...values }
        }),
      ),
    ],
  }),
  count: (headers) => ({
    text: `SELECT count(*)::int AS count FROM plinth.idempotency WHERE ${TENANT} AND ${beginsWith(bytes('body'), '$1')}`,
    values: [asArray(headers)],
  }),
}

/** Tables of the kernel that hold sealed values. */
export const kernelStores: readonly SealedStore[] = [facts, files, answers]
