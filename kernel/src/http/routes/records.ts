import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import {
  compileAggregate,
  compileGet,
  createRecord,
  deleteRecord,
  parseAggregateQuery,
  parseInclude,
  openSealed,
  parseReveal,
  updateRecord,
  withCustomLabels,
  type AggregateRow,
  type EntityModel,
  type StoredAnswer,
} from '../../data/index.ts'
import { actorWrite, watchesCreation, type Work } from '../../plugins/index.ts'
import { answer } from '../answer.ts'
import { answerList } from '../answer-list.ts'
import { jsonAnswer } from '../answer-once.ts'
import { change, etagOf, requireId } from '../entity-request.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describeAggregate } from '../openapi/aggregate-description.ts'
import { describeEach } from '../openapi/describe.ts'
import {
  describeBulk,
  describeCreate,
  describeDelete,
  describeGet,
  describeList,
  describeUpdate,
} from '../openapi/record-descriptions.ts'
import { readBulk } from '../read-bulk.ts'
import { readObject } from '../read-json.ts'
import { findModel, readScope } from '../read-scope.ts'
import { readSeen, readVersion } from '../read-version.ts'
import { noteShown, revealing } from '../reveal.ts'
import { runBulk } from '../run-bulk.ts'
import type { HttpServices } from '../services.ts'
import { explainReference } from '../still-referenced.ts'

/** Reading and changing the records of every entity. What PostgreSQL rendered goes to the client as it came. */
export function recordRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/:plugin/:collection', describeEach(describeList), async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      c.get('access').require(model.permission('read'))
      return answerList(c, services, model, await readScope(c, services, model))
    })
    .post('/:plugin/:collection', describeEach(describeCreate), async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      c.get('access').require(model.permission('create'))
      const input = await readObject(c)
      const create = async (work: Work): Promise<StoredAnswer> => {
        const write = { ...actorWrite(work, model, 'create'), unattended: true }
        const record = await createRecord(write, input)
        const location = `${c.get('base')}/api/v1/${model.path}/${String(record['id'])}`
        return jsonAnswer(201, record, { location, etag: etagOf(record) })
      }
      return change(c, services, model, input, create, !watchesCreation(c.get('plugins').view, model))
    })
    .post('/:plugin/:collection/bulk', describeEach(describeBulk), async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      const body = await readObject(c)
      const bulk = readBulk(body, model.trash !== undefined)
      const actions = new Set(bulk.rows.map((row) => row.action))
      for (const action of actions) c.get('access').require(model.permission(action))
      return change(c, services, model, body, async (work) =>
        jsonAnswer(200, await runBulk(work, model, bulk)),
      )
    })
    .get('/:plugin/:collection/aggregate', describeEach(describeAggregate), async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      return aggregate(c, model, services)
    })
    .get('/:plugin/:collection/:id', describeEach(describeGet), async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      return get(c, model, services)
    })
    .patch('/:plugin/:collection/:id', describeEach(describeUpdate), async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      c.get('access').require(model.permission('update'))
      const id = requireId(c)
      const body = await readObject(c)
      const { version: inBody, ...input } = body
      const version = readVersion(c.req.header('if-match'), inBody)
      return change(c, services, model, body, async (work) => {
        const record = await updateRecord(actorWrite(work, model, 'update'), id, version, input)
        return jsonAnswer(200, record, { etag: etagOf(record) })
      })
    })
    .delete('/:plugin/:collection/:id', describeEach(describeDelete), async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      c.get('access').require(model.permission('delete'))
      const id = requireId(c)
      const version = readSeen(c.req.header('if-match'))
      try {
        return await change(c, services, model, undefined, async (work) => {
          await deleteRecord(actorWrite(work, model, 'delete'), id, version)
          return jsonAnswer(204, undefined)
        })
      } catch (error) {
        throw await explainReference(error, c, services, id)
      }
    })
}

async function aggregate(c: HttpContext, model: EntityModel, services: HttpServices): Promise<Response> {
  c.get('access').require(model.permission('read'))
  const scope = await readScope(c, services, model)
  const query = parseAggregateQuery(model, new URL(c.req.url).searchParams, scope)
  const [row] = await services.database.query<AggregateRow>(
    { tenantId: c.get('tenant').id, role: model.role },
    compileAggregate(query, scope),
  )
  const body = `{"groups":${row!.groups},"more":${row!.more}}`
  return answer(c, 200, body, { 'content-type': 'application/json' })
}

async function get(c: HttpContext, model: EntityModel, services: HttpServices): Promise<Response> {
  c.get('access').require(model.permission('read'))
  const id = requireId(c)
  const read = await readScope(c, services, model)
  const errors: Failure['errors'][number][] = []
  const include = parseInclude(model, c.req.query('include') ?? null, read.models, (code, detail) => {
    errors.push({ pointer: '/query/include', code, detail })
  })
  const reveal = parseReveal(model, c.req.query('reveal') ?? null, (code, detail) => {
    errors.push({ pointer: '/query/reveal', code, detail })
  })
  if (errors.length > 0) throw new Failure('query_invalid', { errors })
  const scope = revealing(c, model, reveal, read)
  const statement = compileGet(model, id, include, scope)
  const [row] = await services.database.query<{ item: string; version: number }>(
    { tenantId: c.get('tenant').id, role: model.role },
    statement,
  )
  if (!row) throw new Failure('not_found')
  const found = await openSealed(scope, row.item)
  const item = await withCustomLabels(services.database, c.get('tenant').id, found, include, scope)
  await noteShown(c, services, model, reveal, item)
  return answer(c, 200, item, { 'content-type': 'application/json', etag: `"${row.version}"` })
}
