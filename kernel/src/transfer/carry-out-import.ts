import type { Logger } from 'pino'
import { Failure } from '../errors.ts'
import { noteRead } from '../audit/index.ts'
import type { Bus, Database, EntityModel } from '../data/index.ts'
import { actingBy, type MandateNeeds } from '../identity/index.ts'
import { accessOf, PluginCrash, type PluginStates, type Workshop, type WorkOrder } from '../plugins/index.ts'
import { runInTenant, type Tenant, type Tenants } from '../tenancy/index.ts'
import { MAX_ATOMIC_ROWS, MAX_ROWS } from './file-limits.ts'
import { releaseImport, type Claim } from './import-claims.ts'
import type { ImportRecord } from './import-record.ts'
import { importTargets } from './import-target.ts'
import type { Imports } from './imports.ts'
import { bindingsOf } from './map-row.ts'
import { readTable } from './read-table.ts'
import { Rehearsal } from './rehearsal.ts'
import { rehearseBatch, runBatch, Superseded, type BatchJob } from './run-batch.ts'
import type { FileRow } from './table-row.ts'

/** Rows of a transaction: it holds the counters of sequences until it ends. */
const BATCH = 100
/** Screens are told at most this often. */
const TELL_MS = 500

/** What carrying imports out needs of the platform. */
export interface ImportNeeds extends MandateNeeds {
  readonly database: Database
  readonly bus: Bus
  readonly log: Logger
  readonly tenants: Tenants
  readonly states: PluginStates
  readonly workshop: Workshop
  readonly imports: Imports
}

/** Goes on with an import from where it stands, until it ends, is cancelled, or `goOn` says to stop. Refusals of the whole are its result. */
export async function carryOutImport(needs: ImportNeeds, claim: Claim, goOn: () => boolean): Promise<void> {
  const tenant = await needs.tenants.byId(claim.tenantId)
  if (!tenant) return
  await runInTenant(tenant, async () => {
    const record = await needs.imports.claimed(claim)
    if (!record) return
    try {
      if (claim.hopeless)
        throw new Failure('internal', { detail: 'The worker ended each time it was tried.' })
      const finished = await work(needs, tenant, claim, record, goOn)
      if (finished) return
      await releaseImport(needs.database, claim)
      await needs.bus.publish({ topic: 'work', tenantId: tenant.id })
    } catch (error) {
      if (error instanceof Superseded) return
      // The database is away, say: the lease runs out, and someone tries again.
      if (error instanceof Failure && error.code === 'unavailable') return
      await fail(needs, claim, record, error)
    }
  })
}

async function fail(needs: ImportNeeds, claim: Claim, record: ImportRecord, error: unknown): Promise<void> {
  const failure =
    error instanceof Failure
      ? error
      : error instanceof PluginCrash
        ? new Failure('plugin_failed', { detail: `The plugin ${error.plugin} failed.` })
        : new Failure('internal')
  if (!(error instanceof Failure)) needs.log.error({ err: error, import: claim.id }, 'import failed')
  // Nothing has happened by a check.
  const status = record.status === 'checking' ? 'ready' : 'failed'
  await needs.imports.move(claim.tenantId, claim.id, status, [record.status], {
    code: failure.code,
    detail: failure.publicDetail ?? failure.title,
  })
}

/** @returns whether it came to its end */
async function work(
  needs: ImportNeeds,
  tenant: Tenant,
  claim: Claim,
  record: ImportRecord,
  goOn: () => boolean,
): Promise<boolean> {
  const first = await orderOf(needs, tenant, record)
  const total = record.total ?? (await countRows(needs, claim, record, goOn))
  if (total === undefined) return false
  const targets = importTargets(first.model, first.order.view.entities)
  const bindings = bindingsOf(record.settings, targets)
  const plan = { model: first.model, settings: record.settings, bindings, headers: record.facts.headers }
  const { nextRow, done, counts } = record
  const job: BatchJob = {
    database: needs.database,
    workshop: needs.workshop,
    claim,
    record,
    plan,
    progress: { nextRow, done, counts: { ...counts } },
  }
  const isCheck = record.status === 'checking'
  const whole = record.status === 'running' && record.settings.atomic
  if (record.settings.atomic && total > MAX_ATOMIC_ROWS)
    throw new Failure('file_too_large', {
      detail: `All rows or none is possible for ${MAX_ATOMIC_ROWS} rows, these are ${total}.`,
    })
  const ownKind = bindings.some(({ target, by }) => by !== undefined && target.field.target === plan.model.id)
  // A rehearsal in one piece knows what its earlier rows have brought.
  const size = whole || (isCheck && ownKind && total <= MAX_ATOMIC_ROWS) ? Math.max(total, 1) : BATCH
  const rehearsal = new Rehearsal(plan)
  let told = 0
  for await (const rows of batches(needs.imports, claim, record, size, isCheck)) {
    if (!goOn()) return false
    const { order } = await orderOf(needs, tenant, record)
    if (isCheck) await rehearseBatch(job, order, rows, rehearsal)
    else await runBatch(job, order, rows, whole)
    if (Date.now() - told < TELL_MS) continue
    told = Date.now()
    await needs.bus.publish({ topic: 'progress', tenantId: tenant.id })
  }
  if (!isCheck) await noteEnd(needs, first.order, record, job)
  await needs.imports.move(tenant.id, record.id, isCheck ? 'checked' : 'done', [record.status])
  return true
}

/** In whose name rows are written: that of whoever set it going, with the rights of this moment. */
async function orderOf(
  needs: ImportNeeds,
  tenant: Tenant,
  record: ImportRecord,
): Promise<{ readonly order: WorkOrder; readonly model: EntityModel }> {
  const plugins = await needs.states.of(tenant)
  const model = plugins.view.entities.get(record.entity)
  if (!model) throw new Failure('not_found', { detail: `${record.entity} has been switched off.` })
  const identity = record.mandate && (await actingBy(needs, tenant.id, record.mandate))
  if (!identity)
    throw new Failure('session_missing', { detail: 'Whoever started this may no longer sign in.' })
  const { actor } = identity
  const access = accessOf(identity, plugins)
  return {
    model,
    order: { tenant, view: plugins.view, actor, access, requestId: record.id, role: model.role },
  }
}

async function countRows(
  { imports }: ImportNeeds,
  claim: Claim,
  record: ImportRecord,
  goOn: () => boolean,
): Promise<number | undefined> {
  let total = -1
  for await (const _ of readTable(imports.file(claim.tenantId, record), record.format)) {
    total += 1
    if (total > MAX_ROWS)
      throw new Failure('file_too_large', { detail: `A file may have ${MAX_ROWS} rows. Split it.` })
    if (total % 5_000 === 0 && !(goOn() && (await imports.keep(claim)))) return undefined
  }
  await imports.setTotal(claim, total)
  return total
}

/** Rows below the header, from the one with which the import goes on. A rehearsal starts anew: what it remembers is in memory. */
async function* batches(
  imports: Imports,
  claim: Claim,
  record: ImportRecord,
  size: number,
  afresh: boolean,
): AsyncGenerator<FileRow[]> {
  let header = true
  let rows: FileRow[] = []
  for await (const row of readTable(imports.file(claim.tenantId, record), record.format)) {
    if (header) header = false
    else if (afresh || row.number >= record.nextRow) rows.push(row)
    if (rows.length < size) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

async function noteEnd(
  { database }: ImportNeeds,
  { actor }: WorkOrder,
  record: ImportRecord,
  { claim, progress }: BatchJob,
): Promise<void> {
  await noteRead(database, {
    tenantId: claim.tenantId,
    actor,
    action: `${record.entity}.imported`,
    subjectType: record.entity,
    subjectId: 'import',
    after: { file: record.name, mode: record.settings.mode, rows: progress.done, ...progress.counts },
    requestId: record.id,
  })
}
