import type { ImportOutcome } from '@plinth/sdk'
import type { Database, Statement } from '../data/index.ts'
import type { Work, Workshop, WorkOrder } from '../plugins/index.ts'
import { LEASE_SECONDS, type Claim } from './import-claims.ts'
import type { ImportRecord } from './import-record.ts'
import { mapRow, type MappedRow } from './map-row.ts'
import type { Rehearsal } from './rehearsal.ts'
import { resolveLabels } from './resolve-labels.ts'
import { excerpt, type FileRow } from './table-row.ts'
import { writeRow, type RowPlan, type RowResult } from './write-row.ts'

/** Errors of a row that are kept. */
const ERRORS_KEPT = 20
const DETAIL_CHARACTERS = 500

/** Another worker has taken over, or the import was cancelled. */
export class Superseded extends Error {
  override readonly name = 'Superseded'
}

/** Ends a transaction whose changes are not wanted, with what they came to. */
class TakenBack extends Error {
  readonly results: readonly RowResult[]

  constructor(results: readonly RowResult[]) {
    super('Taken back')
    this.results = results
  }
}

/** How far an import has come. */
export interface Progress {
  nextRow: number
  done: number
  counts: Partial<Record<ImportOutcome, number>>
}

/** Everything batches of one import have in common. */
export interface BatchJob {
  readonly database: Database
  readonly workshop: Workshop
  readonly claim: Claim
  readonly record: ImportRecord
  readonly plan: RowPlan
  readonly progress: Progress
}

/**
 * Carries out a batch of rows in one transaction, with their results and how far the import has come: all of it is kept, or nothing. A
 * worker that has lost its claim changes nothing.
 *
 * @param whole whether one refused row takes all of them back
 * @throws Superseded
 */
export async function runBatch(
  job: BatchJob,
  order: WorkOrder,
  rows: readonly FileRow[],
  whole: boolean,
): Promise<void> {
  const progress = await job.workshop
    .run(order, async (work) => {
      const [held] = await work.unit.run(hold(job))
      if (!held) throw new Superseded()
      const results = await writeRows(work, job.plan, rows)
      if (whole && results.some(({ outcome }) => outcome === 'refused')) throw new TakenBack(results)
      const next = advanced(job.progress, rows, results)
      await work.unit.run(storeResults(job, results))
      await work.unit.run(storeProgress(job, next))
      return next
    })
    .catch(async (error: unknown) => {
      if (!(error instanceof TakenBack)) throw error
      const refused = error.results.filter(({ outcome }) => outcome === 'refused')
      const next = { ...advanced(job.progress, rows, refused), done: rows.length }
      await storeAside(job, refused, next)
      return next
    })
  Object.assign(job.progress, progress)
}

/** Tries a batch of rows out, by all rules, and takes it back. What is refused is kept. @throws Superseded */
export async function rehearseBatch(
  job: BatchJob,
  order: WorkOrder,
  rows: readonly FileRow[],
  rehearsal: Rehearsal,
): Promise<void> {
  const results = await job.workshop
    .run(order, async (work) => {
      rehearsal.open(work.unit)
      const tried = await writeRows(work, job.plan, rows, rehearsal)
      rehearsal.close(work.unit)
      throw new TakenBack(tried)
    })
    .catch((error: unknown) => {
      if (error instanceof TakenBack) return error.results
      throw error
    })
  const next = advanced(job.progress, rows, results)
  await storeAside(
    job,
    results.filter(({ outcome }) => outcome === 'refused'),
    next,
  )
  Object.assign(job.progress, next)
}

async function writeRows(
  work: Work,
  plan: RowPlan,
  rows: readonly FileRow[],
  rehearsal?: Rehearsal,
): Promise<RowResult[]> {
  const { bindings, settings, model } = plan
  const mapped = rows.map((row) => mapRow(row, bindings, settings))
  // References to the same entity may mean rows just before.
  const own = bindings.filter(({ target }) => target.field.target === model.id)
  await resolveLabels(
    work,
    mapped,
    bindings.filter((binding) => !own.includes(binding)),
  )
  const results: RowResult[] = []
  for (const row of mapped) {
    if (own.length > 0) await resolveLabels(work, [row], own)
    results.push(await writeOne(work, plan, row, rehearsal, rows[0]!.number))
  }
  return results
}

async function writeOne(
  work: Work,
  plan: RowPlan,
  row: MappedRow,
  rehearsal: Rehearsal | undefined,
  batch: number,
): Promise<RowResult> {
  if (rehearsal?.wouldFind(row, batch))
    return { row: row.number, outcome: 'updated', recordId: null, errors: [] }
  return writeRow(work, plan, row, rehearsal && ((result) => rehearsal.note(plan, row, result, batch)))
}

function advanced(before: Progress, rows: readonly FileRow[], results: readonly RowResult[]): Progress {
  const counts = { ...before.counts }
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1
  return { nextRow: rows.at(-1)!.number + 1, done: before.done + rows.length, counts }
}

/** Locks the import until the transaction ends, if it still is this worker's. */
function hold({ claim, record }: BatchJob): Statement {
  return {
    text: `UPDATE plinth.import SET lease_until = now() + interval '${LEASE_SECONDS} seconds'
      WHERE tenant_id = $1 AND id = $2::uuid AND lease_token = $3::uuid AND status = $4 RETURNING 1`,
    values: [claim.tenantId, claim.id, claim.token, record.status],
  }
}

function storeProgress({ claim }: BatchJob, { nextRow, done, counts }: Progress): Statement {
  return {
    text: `UPDATE plinth.import SET next_row = $3, done = $4, counts = $5, attempts = 0 WHERE tenant_id = $1 AND id = $2::uuid`,
    values: [claim.tenantId, claim.id, nextRow, done, JSON.stringify(counts)],
  }
}

const RECORDSET = `jsonb_to_recordset($3::jsonb) AS r(n int, outcome text, record_id uuid, errors jsonb)`

/** Details may repeat what stands in the file, and that may be anything. */
function rowsJson(results: readonly RowResult[]): string {
  return JSON.stringify(
    results.map(({ row, outcome, recordId, errors }) => ({
      n: row,
      outcome,
      record_id: recordId,
      errors: errors.length > 0 ? errors.slice(0, ERRORS_KEPT) : null,
    })),
    (_, value: unknown) => (typeof value === 'string' ? excerpt(value, DETAIL_CHARACTERS) : value),
  )
}

function storeResults({ claim }: BatchJob, results: readonly RowResult[]): Statement {
  return {
    text: `INSERT INTO plinth.import_row (tenant_id, import_id, n, outcome, record_id, errors)
      SELECT $1::uuid, $2::uuid, r.n, r.outcome, r.record_id, r.errors FROM ${RECORDSET}`,
    values: [claim.tenantId, claim.id, rowsJson(results)],
  }
}

/** Stores results and progress by themselves, after a transaction that was taken back. */
async function storeAside(
  { database, claim, record }: BatchJob,
  results: readonly RowResult[],
  { nextRow, done, counts }: Progress,
): Promise<void> {
  const stored = await database.query(
    { tenantId: claim.tenantId },
    {
      text: `WITH held AS (UPDATE plinth.import SET next_row = $6, done = $7, counts = $8, attempts = 0, lease_until = now() + interval '${LEASE_SECONDS} seconds'
          WHERE tenant_id = $1 AND id = $2::uuid AND lease_token = $4::uuid AND status = $5 RETURNING id),
        kept AS (INSERT INTO plinth.import_row (tenant_id, import_id, n, outcome, record_id, errors)
          SELECT $1::uuid, h.id, r.n, r.outcome, r.record_id, r.errors FROM held h, ${RECORDSET})
        SELECT id FROM held`,
      values: [
        claim.tenantId,
        claim.id,
        rowsJson(results),
        claim.token,
        record.status,
        nextRow,
        done,
        JSON.stringify(counts),
      ],
    },
  )
  if (stored.length === 0) throw new Superseded()
}
