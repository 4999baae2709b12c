import type { BulkAnswer, BulkResult } from '@plinth/sdk'
import {
  createRecord,
  deleteRecord,
  lookUpFiles,
  pinpointed,
  purgeRecord,
  requireTrash,
  restoreRecord,
  updateRecord,
  type EntityModel,
  type Look,
  type Unfinished,
} from '../data/index.ts'
import { Failure } from '../errors.ts'
import { actorWrite, type Work } from '../plugins/index.ts'
import { toProblem } from './problem.ts'
import type { Bulk, BulkRow } from './read-bulk.ts'

type BulkRecord = NonNullable<BulkResult['record']>

/**
 * Carries out many changes with one transaction, each with hooks, rights, audit and events as if it came alone. A refused row is taken
 * back by itself and the others go on; where all or none is asked for, the first refusal ends everything.
 *
 * @throws Failure the refusal of a row when `atomic`, with `action` and `index` and its pointers led by them
 */
export async function runBulk(work: Work, model: EntityModel, { atomic, rows }: Bulk): Promise<BulkAnswer> {
  const items: BulkResult[] = []
  const said = rows.map((row) =>
    row.action === 'create' ? row.input : 'changes' in row ? row.changes : null,
  )
  await lookUpFiles(
    work.unit,
    said.map((input) => [model, input]),
  )
  for (const row of rows) {
    const place = { action: row.action, index: row.index }
    try {
      // Without savepoints, which a refusal of one row needs and of all does not.
      const result = atomic
        ? await runRow(work, model, row)
        : await work.part((part) => runRow(part, model, row))
      items.push({ ...place, ...result })
    } catch (error) {
      // What is no refusal, a crash say, is no result of a row.
      if (!(error instanceof Failure) || error.status >= 500) throw error
      if (atomic) throw new RowRefusal(error, row)
      const problem = toProblem(error, work.requestId ?? '')
      items.push({ ...place, status: problem.status, problem })
    }
  }
  return { items, refused: items.filter((item) => item.problem !== undefined).length }
}

async function runRow(
  work: Work,
  model: EntityModel,
  row: BulkRow,
): Promise<Pick<BulkResult, 'status' | 'record'>> {
  const write = actorWrite(work, model, row.action)
  if (row.action === 'create')
    return { status: 201, record: (await createRecord(write, row.input)) as BulkRecord }
  if (row.action === 'restore' || row.action === 'purge') {
    const trash = requireTrash(write)
    if (row.action === 'restore')
      return { status: 200, record: (await restoreRecord(trash, row.id)) as BulkRecord }
    await purgeRecord(trash, row.id)
    return { status: 204 }
  }
  if (row.action === 'delete') {
    await deleteRecord(write, row.id, row.version)
    return { status: 204 }
  }
  const record = await updateRecord(write, row.id, row.version, row.changes)
  return { status: 200, record: record as BulkRecord }
}

/** The refusal of one row, where all or none was asked for: it says of which row it speaks. */
class RowRefusal extends Failure implements Unfinished {
  override readonly status: number
  override readonly code: string
  override readonly title: string
  readonly #refusal: Failure
  readonly #row: BulkRow

  constructor(refusal: Failure, row: BulkRow) {
    const { action, index } = row
    const place = `/${action}/${index}${action === 'update' ? '/changes' : ''}`
    super('plugin_refused', {
      ...(refusal.publicDetail === undefined ? {} : { detail: refusal.publicDetail }),
      errors: refusal.errors.map((error) => ({ ...error, pointer: `${place}${error.pointer}` })),
      extensions: { ...refusal.data, action, index },
      cause: refusal,
    })
    this.status = refusal.status
    this.code = refusal.code
    this.title = refusal.title
    this.#refusal = refusal
    this.#row = row
  }

  async pinpoint(look: Look): Promise<Failure> {
    return new RowRefusal((await pinpointed(this.#refusal, look)) as Failure, this.#row)
  }
}
