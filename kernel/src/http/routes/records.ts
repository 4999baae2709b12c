import { Hono } from 'hono'
import { Failure, invalid } from '../../errors.ts'
import {
  compileAggregate,
  compileGet,
  compileList,
  createRecord,
  deleteRecord,
  isUuid,
  parseAggregateQuery,
  parseInclude,
  parseListQuery,
  updateRecord,
  type AggregateRow,
  type EntityModel,
  type ListRow,
  type ReadScope,
  type Write,
} from '../../data/index.ts'
import type { Work } from '../../plugins/index.ts'
import { requestScope, type HttpContext, type HttpEnvironment } from '../environment.ts'
import { guardPlugin } from '../guard-plugin.ts'
import { readObject } from '../read-json.ts'
import type { HttpServices } from '../services.ts'
import { explainReference } from '../still-referenced.ts'

/** Reading and changing the records of every entity. What PostgreSQL rendered goes to the client as it came. */
export function recordRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/:plugin/:collection', async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      return list(c, model, services)
    })
    .post('/:plugin/:collection', async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      c.get('access').require(model.permission('create'))
      const input = await readObject(c)
      const record = await change(c, services, model, (work) =>
        createRecord(writeOf(work, model, 'create'), input),
      )
      c.header('location', `${c.get('base')}/api/v1/${model.path}/${String(record['id'])}`)
      c.header('etag', `"${String(record['version'])}"`)
      return c.json(record, 201)
    })
    .get('/:plugin/:collection/aggregate', async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      return aggregate(c, model, services)
    })
    .get('/:plugin/:collection/:id', async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      return get(c, model, services)
    })
    .patch('/:plugin/:collection/:id', async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      c.get('access').require(model.permission('update'))
      const id = requireId(c)
      const { version: inBody, ...input } = await readObject(c)
      const version = readVersion(c.req.header('if-match'), inBody)
      const record = await change(c, services, model, (work) =>
        updateRecord(writeOf(work, model, 'update'), id, version, input),
      )
      c.header('etag', `"${String(record['version'])}"`)
      return c.json(record)
    })
    .delete('/:plugin/:collection/:id', async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      c.get('access').require(model.permission('delete'))
      const id = requireId(c)
      try {
        await change(c, services, model, (work) => deleteRecord(writeOf(work, model, 'delete'), id))
      } catch (error) {
        throw await explainReference(error, c, services, id)
      }
      return c.body(null, 204)
    })
}

async function list(c: HttpContext, model: EntityModel, services: HttpServices): Promise<Response> {
  c.get('access').require(model.permission('read'))
  const tenant = c.get('tenant')
  const scope = readScope(c, services)
  const query = parseListQuery(model, new URL(c.req.url).searchParams, tenant.id, services.cursors, scope)
  const statement = compileList(query, scope)
  const [row] = await services.database.query<ListRow>({ tenantId: tenant.id, role: model.role }, statement)
  const { items, last, total } = row!
  const next =
    last === null ? 'null' : JSON.stringify(services.cursors.seal(tenant.id, model, query.sort, last))
  const body = `{"items":${items},"next":${next}${total === null ? '' : `,"total":${total}`}}`
  return c.body(body, 200, { 'content-type': 'application/json' })
}

async function aggregate(c: HttpContext, model: EntityModel, services: HttpServices): Promise<Response> {
  c.get('access').require(model.permission('read'))
  const scope = readScope(c, services)
  const query = parseAggregateQuery(model, new URL(c.req.url).searchParams, scope)
  const [row] = await services.database.query<AggregateRow>(
    { tenantId: c.get('tenant').id, role: model.role },
    compileAggregate(query, scope),
  )
  const body = `{"groups":${row!.groups},"more":${row!.more}}`
  return c.body(body, 200, { 'content-type': 'application/json' })
}

async function get(c: HttpContext, model: EntityModel, services: HttpServices): Promise<Response> {
  c.get('access').require(model.permission('read'))
  const id = requireId(c)
  const include = parseInclude(model, c.req.query('include') ?? null, (code, detail) => {
    throw new Failure('query_invalid', { errors: [{ pointer: '/query/include', code, detail }] })
  })
  const statement = compileGet(model, id, include, readScope(c, services))
  const [row] = await services.database.query<{ item: string; version: number }>(
    { tenantId: c.get('tenant').id, role: model.role },
    statement,
  )
  if (!row) throw new Failure('not_found')
  return c.body(row.item, 200, { 'content-type': 'application/json', etag: `"${row.version}"` })
}

function change<T>(
  c: HttpContext,
  services: HttpServices,
  model: EntityModel,
  task: (work: Work) => Promise<T>,
): Promise<T> {
  return guardPlugin(c, services, model.plugin, () => {
    const { workshop, order } = requestScope(c, model.role).cradle
    return workshop.run(order, task)
  })
}

function writeOf(work: Work, model: EntityModel, action: string): Write {
  return {
    work: work.unit,
    model,
    models: work.models,
    schema: work.tenant.schema,
    validator: work.validator,
    hooks: work.hooks(model),
    readable: work.access.rows(model, 'read'),
    writable: work.access.rows(model, action),
    asPlugin: false,
  }
}

/** Labels come along only of entities whose plugin is on and whose rows the actor may see. */
function readScope(c: HttpContext, services: HttpServices): ReadScope {
  const access = c.get('access')
  return {
    models: c.get('plugins').view.entities,
    schema: c.get('tenant').schema,
    similar: services.search.similar,
    readable: (model) => access.rows(model, 'read'),
  }
}

function findModel(c: HttpContext): EntityModel | undefined {
  return c.get('plugins').view.byPath.get(`${c.req.param('plugin')}/${c.req.param('collection')}`)
}

/** What is no id names no record. */
function requireId(c: HttpContext): string {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw new Failure('not_found')
  return id.toLowerCase()
}

function readVersion(header: string | undefined, inBody: unknown): number {
  const text = header === undefined ? undefined : /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1]
  if (text !== undefined) return Number(text)
  if (header !== undefined)
    throw new Failure('version_conflict', { detail: 'If-Match names no version of this record.' })
  if (inBody === undefined)
    throw new Failure('version_required', { detail: 'Send If-Match with the version you have seen.' })
  if (!Number.isInteger(inBody)) throw invalid('/version', 'type', 'The version is a whole number.')
  return inBody as number
}
