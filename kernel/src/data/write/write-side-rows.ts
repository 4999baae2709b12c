import type { ProblemError } from '@plinth/sdk'
import type { Failure } from '../../errors.ts'
import { CUSTOM, sideTable } from '../model/custom-fields.ts'
import type { FieldModel } from '../model/entity-model.ts'
import { statementName } from '../query/statement-name.ts'
import { sideRows, type CustomJson } from './custom-values.ts'
import { RecordRefusal } from './record-refusal.ts'
import type { RecordJson } from './render-record.ts'
import type { Suspect } from './suspects.ts'
import type { LoneWrite } from './write.ts'

const COLUMNS =
  'record_id uuid, field_id uuid, n int, text text, number bigint, moment timestamptz, member uuid, ref uuid, target text, single text'
const VALUES = COLUMNS.replaceAll(/ [a-z]+(?=,|$)/g, '')

/** A record that is written, and which of its tenant's fields may have other values now. */
export interface SideChange {
  /** As the API shows it. */
  readonly record: RecordJson
  readonly fields: readonly FieldModel[]
  /** New records have no rows yet. */
  readonly isNew: boolean
  /** Where the record stands in the request. */
  readonly pointer?: string
}

/**
 * Stores the values of a tenant's fields where filters and sorts look for them: one statement for all records, which leaves with them. It
 * answers with the rows it could not store, because errors under row-level security do not say which those were.
 *
 * @param suspects references of all that is written with them
 * @throws Failure `unique_violated` | `reference_unknown`, with the flush
 */
export function writeSideRows(
  write: LoneWrite,
  changes: readonly SideChange[],
  suspects: () => readonly Suspect[],
): void {
  const { work, model, models, schema } = write
  const found = changes.map((change) => ({
    ...change,
    fields: change.fields.filter((field) => field.custom!.column !== undefined),
  }))
  const rows = found.flatMap(({ record, fields }) =>
    sideRows(models, fields, record[CUSTOM] as CustomJson).map((row) => ({
      record_id: record['id'],
      ...row,
    })),
  )
  const stale = found
    .filter(({ isNew }) => !isNew)
    .flatMap(({ record, fields }) => fields.map(({ custom }) => ({ r: record['id'], f: custom!.id })))
  if (rows.length === 0 && stale.length === 0) return
  const table = `${schema}.${sideTable(model.table)}`
  const isMember = `(r.member IS NULL OR EXISTS (SELECT FROM plinth.member m WHERE m.tenant_id = $1::uuid AND m.id = r.member))`
  const known = rows.some(({ ref }) => ref !== undefined)
    ? `${isMember} AND CASE WHEN r.ref IS NULL THEN true WHEN r.target IS NULL THEN false ELSE plinth.has_record('${schema}', r.target, r.ref) END`
    : isMember
  // Reading the count makes the deletion come first.
  const gone = `gone AS (DELETE FROM ${table} WHERE tenant_id = $1::uuid
      AND (record_id, field_id) IN (SELECT r, f FROM jsonb_to_recordset($3::jsonb) AS s(r uuid, f uuid)) RETURNING 1),
    before AS (SELECT count(*) FROM gone),`
  const text = `WITH ${stale.length > 0 ? gone : ''} given AS (
      SELECT r.*, ${known} AS known
      FROM jsonb_to_recordset($2::jsonb) AS r(${COLUMNS})),
    added AS (INSERT INTO ${table} (tenant_id, ${VALUES}) SELECT $1::uuid, ${VALUES}
      FROM ${stale.length > 0 ? 'before, ' : ''}given WHERE known
      ON CONFLICT (tenant_id, field_id, single) WHERE single IS NOT NULL AND live DO NOTHING RETURNING record_id, field_id, n)
    SELECT g.record_id AS record, g.field_id AS field, g.known FROM given g
    WHERE NOT EXISTS (SELECT FROM added a WHERE a.record_id = g.record_id AND a.field_id = g.field_id AND a.n = g.n)`
  const values = [JSON.stringify(rows), ...(stale.length > 0 ? [JSON.stringify(stale)] : [])]
  work.later(
    { text, values: [work.context.tenantId, ...values], ...statementName(work.context.role, text) },
    {
      check({ rows: refused }) {
        if (refused.length > 0) throw refusal(refused as unknown as Refused[], found, suspects(), schema)
      },
    },
  )
}

/** A value that was not stored: of a member or record that does not exist, or taken. */
interface Refused {
  readonly record: string
  readonly field: string
  readonly known: boolean
}

function refusal(
  refused: readonly Refused[],
  changes: readonly SideChange[],
  suspects: readonly Suspect[],
  schema: string,
): Failure {
  const taken = refused.some(({ known }) => known)
  const errors = refused.map(({ record: id, field: fieldId, known }): ProblemError => {
    const { pointer = '', fields } = changes.find(({ record }) => record['id'] === id)!
    const { custom, declaration } = fields.find((field) => field.custom!.id === fieldId)!
    const place = `${pointer}/${CUSTOM}/${custom!.key}`
    const what = declaration.type === 'ref' ? 'record' : 'member'
    return known
      ? { pointer: place, code: 'unique', detail: 'Another record has this value already.' }
      : { pointer: place, code: 'reference', detail: `There is no such ${what}.` }
  })
  return new RecordRefusal(taken ? 'unique_violated' : 'reference_unknown', { errors }, suspects, schema)
}
