import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import type { EntityModel } from '../../data/index.ts'
import { isUuid } from '../../data/index.ts'
import { mandateOf, type Mandate } from '../../identity/index.ts'
import {
  exportType,
  importDocument,
  importTargets,
  refusedFile,
  type ImportRecord,
} from '../../transfer/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { changeSettings, requireReady, takeFile } from '../import-requests.ts'
import { describeEach } from '../openapi/describe.ts'
import * as descriptions from '../openapi/import-descriptions.ts'
import { findModel } from '../read-scope.ts'
import type { HttpServices } from '../services.ts'

const PAGE = 200

/** Bringing records in as files: upload, assign columns, try out, carry out. Everyone has their own imports alone. */
export function importRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const show = (c: HttpContext, model: EntityModel, record: ImportRecord) =>
    importDocument(model, record, importTargets(model, c.get('plugins').view.entities))
  return new Hono<HttpEnvironment>()
    .get('/:plugin/:collection/imports', describeEach(descriptions.describeImports), async (c, next) => {
      const model = importable(c)
      if (!model) return next()
      const found = await services.imports.list(c.get('tenant').id, model.id, c.get('identity').actor)
      return c.json({ items: found.map((record) => show(c, model, record)) })
    })
    .post('/:plugin/:collection/imports', describeEach(descriptions.describeUpload), async (c, next) => {
      const model = importable(c)
      if (!model) return next()
      const record = await takeFile(c, services, model)
      const location = `${c.get('base')}/api/v1/${model.path}/imports/${record.id}`
      return c.json(show(c, model, record), 201, { location })
    })
    .get(
      '/:plugin/:collection/imports/:import',
      describeEach(descriptions.describeImport),
      async (c, next) => {
        const model = importable(c)
        if (!model) return next()
        return c.json(show(c, model, await find(c, services, model)))
      },
    )
    .patch(
      '/:plugin/:collection/imports/:import',
      describeEach(descriptions.describeSettings),
      async (c, next) => {
        const model = importable(c)
        if (!model) return next()
        const record = await find(c, services, model)
        return c.json(show(c, model, await changeSettings(c, services, model, record)))
      },
    )
    .post(
      '/:plugin/:collection/imports/:import/check',
      describeEach(descriptions.describeCheck),
      async (c, next) => {
        const model = importable(c)
        if (!model) return next()
        const record = await find(c, services, model)
        // Asked for twice, it happens once.
        if (record.status === 'checking') return c.json(show(c, model, record), 202)
        requireReady(c, model, record)
        const begun = await services.imports.begin(
          c.get('tenant').id,
          record.id,
          'checking',
          ['ready', 'checked'],
          true,
          mandateFrom(c),
        )
        return started(c, model, begun)
      },
    )
    .post(
      '/:plugin/:collection/imports/:import/run',
      describeEach(descriptions.describeRun),
      async (c, next) => {
        const model = importable(c)
        if (!model) return next()
        const record = await find(c, services, model)
        if (record.status === 'running' || record.status === 'done')
          return c.json(show(c, model, record), 202)
        requireReady(c, model, record)
        // What was cancelled or failed goes on where it stopped.
        const { status } = record
        const afresh = status === 'ready' || status === 'checked'
        const from = afresh ? (['ready', 'checked'] as const) : (['cancelled', 'failed'] as const)
        return started(
          c,
          model,
          await services.imports.begin(
            c.get('tenant').id,
            record.id,
            'running',
            from,
            afresh,
            mandateFrom(c),
          ),
        )
      },
    )
    .post(
      '/:plugin/:collection/imports/:import/cancel',
      describeEach(descriptions.describeCancel),
      async (c, next) => {
        const model = importable(c)
        if (!model) return next()
        const record = await find(c, services, model)
        const { id, status } = record
        if (status === 'cancelled' || status === 'ready') return c.json(show(c, model, record))
        const { imports } = services
        const tenantId = c.get('tenant').id
        const stopped =
          (await imports.move(tenantId, id, 'cancelled', ['running'])) ||
          (await imports.move(tenantId, id, 'ready', ['checking']))
        return started(c, model, stopped, 200)
      },
    )
    .delete(
      '/:plugin/:collection/imports/:import',
      describeEach(descriptions.describeRemoval),
      async (c, next) => {
        const model = importable(c)
        if (!model) return next()
        const { id } = await find(c, services, model)
        if (!(await services.imports.remove(c.get('tenant').id, id))) throw new Failure('import_busy')
        return c.body(null, 204)
      },
    )
    .get(
      '/:plugin/:collection/imports/:import/rows',
      describeEach(descriptions.describeRows),
      async (c, next) => {
        const model = importable(c)
        if (!model) return next()
        const { id } = await find(c, services, model)
        const { outcome, after = '0' } = c.req.query()
        if (!/^\d{1,7}$/.test(after)) throw queryFault('after', 'A number of a row is needed here.')
        if (outcome !== undefined && !descriptions.OUTCOMES.some((each) => each === outcome))
          throw queryFault('outcome', `One of: ${descriptions.OUTCOMES.join(', ')}.`)
        const items = await services.imports.rows(c.get('tenant').id, id, {
          outcome,
          after: Number(after),
          limit: PAGE,
        })
        const rows = JSON.parse(items) as { row: number }[]
        return c.json({ items: rows, next: rows.length < PAGE ? null : rows.at(-1)!.row })
      },
    )
    .get(
      '/:plugin/:collection/imports/:import/refused',
      describeEach(descriptions.describeRefused),
      async (c, next) => {
        const model = importable(c)
        if (!model) return next()
        const record = await find(c, services, model)
        const locale = languageOf(c)
        const checks = model.declaration.checks ?? []
        const file = await refusedFile(services.imports, c.get('tenant').id, record, { locale, checks })
        file.on('error', (error) =>
          services.log.error(
            { err: error, requestId: c.get('requestId') },
            'file of refused rows broken off',
          ),
        )
        return c.body(Readable.toWeb(file) as ReadableStream<Uint8Array>, 200, {
          'content-type': exportType(record.format.kind),
          'content-disposition': `attachment; filename="${model.declaration.collection}-${locale === 'de' ? 'abgelehnt' : 'refused'}.${record.format.kind}"`,
          'cache-control': 'no-store',
        })
      },
    )

  async function started(
    c: HttpContext,
    model: EntityModel,
    begun: boolean,
    status: 200 | 202 = 202,
  ): Promise<Response> {
    if (!begun) throw new Failure('import_busy')
    return c.json(show(c, model, await find(c, services, model)), status)
  }
}

/** The entity of the address, if anything can be brought in there and the actor may bring in something. */
function importable(c: HttpContext): EntityModel | undefined {
  // It goes on when the time of an operator in the tenant may long be over.
  if (c.get('identity').operator) throw new Failure('permission_missing')
  const model = findModel(c)
  if (!model || !(model.operations.has('create') || model.operations.has('update'))) return undefined
  const access = c.get('access')
  if (!access.can(model.permission('update'))) access.require(model.permission('create'))
  return model
}

function mandateFrom(c: HttpContext): Mandate {
  const mandate = mandateOf(c.get('identity'))
  if (!mandate) throw new Failure('permission_missing')
  return mandate
}

async function find(c: HttpContext, services: HttpServices, model: EntityModel): Promise<ImportRecord> {
  const id = c.req.param('import') ?? ''
  const record = isUuid(id)
    ? await services.imports.find(c.get('tenant').id, model.id, c.get('identity').actor, id)
    : undefined
  if (!record) throw new Failure('not_found')
  return record
}

/** The parameter wins, then what the one who asks reads, then what the workspace does. */
function languageOf(c: HttpContext): 'de' | 'en' {
  const asked = c.req.query('locale')
  if (asked !== undefined && asked !== 'de' && asked !== 'en') throw queryFault('locale', 'One of: de, en.')
  const wishes = [asked, c.get('identity').member?.locale, c.get('tenant').locale]
  return wishes.find((wish): wish is string => Boolean(wish))?.startsWith('de') ? 'de' : 'en'
}

function queryFault(name: string, detail: string): Failure {
  return new Failure('query_invalid', { errors: [{ pointer: `/query/${name}`, code: 'enum', detail }] })
}
