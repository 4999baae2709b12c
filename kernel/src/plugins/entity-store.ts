import type { AggregateGroup, EntityStore, Filter, FindOptions, RecordBase } from '@plinth/sdk'
import { unmasking } from '../access/index.ts'
import { Failure } from '../errors.ts'
import {
  checkAggregate,
  compileAggregate,
  compileGet,
  compileList,
  compileLock,
  createRecord,
  deleteRecord,
  isUuid,
  maskFamily,
  openSealed,
  parseSort,
  repointReferences,
  updateRecord,
  type AggregateRow,
  type EntityModel,
  readPage,
  type ListRow,
  type Page,
  type ReadScope,
  type RowScope,
  type Write,
} from '../data/index.ts'
import { MissingRecord } from './missing-record.ts'
import type { Work } from './work.ts'

type AnyRecord = RecordBase & Record<string, unknown>
export type AnyStore = EntityStore<AnyRecord, Record<string, unknown>, Record<string, unknown>>

/** A plugin knows what its own records hold. */
const EVERYTHING = { clear: () => true, usable: () => true }

/**
 * Records of one entity inside a running transaction, for plugin code. A plugin acts on its own entities with its own authority, so it
 * may set read-only fields; where it answers a request (`asActor`), the rows are those the actor may see, and so are the values of
 * masked fields, unless nothing is noted of it because it only reads. Those of another plugin (`own` false) it never sees with authority of its own.
 */
export function entityStore(work: Work, model: EntityModel, asActor: boolean, own = true): AnyStore {
  const rowsOf = (of: EntityModel, action: string): RowScope =>
    asActor ? work.access.rows(of, action) : true
  const rows = (action: string): RowScope => rowsOf(model, action)
  const scope: ReadScope = {
    models: work.view.entities,
    schema: work.tenant.schema,
    timeZone: work.tenant.timeZone,
    readable: () => rows('read'),
    ...(work.unit.context.secrets ? { secrets: work.unit.context.secrets } : {}),
    ...(asActor
      ? { unmasking: unmasking(work.access, () => !work.readOnly) }
      : own
        ? { unmasking: EVERYTHING }
        : {}),
  }
  const clear = (of: EntityModel, field: string): boolean => work.access.rows(of, 'reveal', field) === true
  const shown = (record: Record<string, unknown>): AnyRecord =>
    (asActor ? maskFamily(work.models, model, record, clear) : record) as AnyRecord
  const writeOf = (of: EntityModel, action: string): Write => ({
    work: work.unit,
    model: of,
    models: work.models,
    schema: work.tenant.schema,
    validator: work.validator,
    hooks: work.hooks(of),
    readable: rowsOf(of, 'read'),
    writable: rowsOf(of, action),
    rows: () => true,
    asPlugin: true,
    of: writeOf,
    require: () => undefined,
  })
  const write = (action: string): Write => {
    work.unit.requireWritable()
    return writeOf(model, action)
  }
  return {
    async find(options: FindOptions = {}) {
      const row = await list(work, model, scope, options, false)
      return JSON.parse(await openSealed(scope, row.items)) as AnyRecord[]
    },
    async get(id, { lock = false } = {}) {
      requireId(id)
      if (lock) {
        work.unit.requireWritable()
        await work.unit.run(compileLock(model, id, scope.schema))
      }
      const [row] = await work.unit.run<{ item: string }>(compileGet(model, id, [], scope))
      if (!row) throw new MissingRecord(id)
      return JSON.parse(await openSealed(scope, row.item)) as AnyRecord
    },
    async count(filter) {
      const row = await list(work, model, scope, { limit: 1, ...(filter ? { filter } : {}) }, true)
      return row.total ?? 0
    },
    async aggregate(options) {
      const query = checkAggregate(
        model,
        options,
        (option, code, detail) => {
          throw new Failure('query_invalid', { errors: [{ pointer: `/${option}`, code, detail }] })
        },
        scope,
      )
      const [row] = await work.unit.run<AggregateRow>(compileAggregate(query, scope))
      return JSON.parse(row!.groups) as AggregateGroup[]
    },
    create: async (input) => shown(await createRecord(write('create'), input)),
    async update(id, version, changes) {
      requireId(id)
      return shown(await updateRecord(write('update'), id, version, changes))
    },
    async delete(id) {
      requireId(id)
      await deleteRecord(write('delete'), id)
    },
    async repoint(from, to) {
      for (const id of [...from, to]) requireId(id)
      return repointReferences({
        write: write('update'),
        from,
        to,
        models: work.models,
        // A plugin may do anything with its own records. What is off has no one who could be permitted, and must not be left behind.
        movable: (other) =>
          (other.plugin === model.plugin && !asActor) || !work.view.entities.has(other.id)
            ? true
            : work.access.rows(work.view.entities.get(other.id)!, 'update'),
      })
    },
  }
}

/** Plugin code passes on what it was asked for. What is no id names no record. */
function requireId(id: string): void {
  if (!isUuid(id)) throw new Failure('not_found')
}

async function list(
  work: Work,
  model: EntityModel,
  scope: ReadScope,
  options: FindOptions & { filter?: Filter },
  count: boolean,
): Promise<Page> {
  const limit = options.limit ?? 50
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new Failure('query_invalid', { detail: 'The limit is a number from 1 to 200.' })
  const sort = parseSort(model, options.sort ?? null, (_, __, detail) => {
    throw new Failure('query_invalid', { detail })
  })
  const query = {
    model,
    filter: options.filter,
    search: undefined,
    sort,
    limit,
    after: undefined,
    fields: model.fields,
    include: [],
    count,
    reveal: [],
  }
  const [row] = await work.unit.run<ListRow>(compileList(query, scope))
  return readPage(query, row!)
}
