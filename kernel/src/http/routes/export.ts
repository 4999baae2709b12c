import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import { noteRead } from '../../audit/index.ts'
import type { EntityModel, FieldModel, ReadScope, RowScope } from '../../data/index.ts'
import { dayIn } from '@plinth/sdk'
import { exportHeaders, exportRecords, parseExportQuery, type ExportQuery } from '../../transfer/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describeEach } from '../openapi/describe.ts'
import { describeExport } from '../openapi/export-description.ts'
import { findModel, readScope } from '../read-scope.ts'
import { revealing } from '../reveal.ts'
import type { HttpServices } from '../services.ts'
import { currentState } from '../steps/identity.ts'

/** Files of all records a list shows. */
export function exportRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().get(
    '/:plugin/:collection/export',
    describeEach(describeExport),
    async (c, next) => {
      const model = findModel(c)
      if (!model) return next()
      return answer(c, model, services)
    },
  )
}

async function answer(c: HttpContext, model: EntityModel, services: HttpServices): Promise<Response> {
  let access = c.get('access')
  access.require(model.permission('read'))
  access.require(model.permission('export'))
  const scope: ReadScope = {
    ...(await readScope(c, services, model)),
    // Of the exported entity the rows that may be both read and exported.
    readable: (other) =>
      other.id === model.id
        ? both(access.rows(model, 'read'), access.rows(model, 'export'))
        : access.rows(other, 'read'),
  }
  const query = parseExportQuery(model, new URL(c.req.url).searchParams, scope)
  const shown = revealing(c, model, query.list.reveal, scope)
  const { id: tenantId, timeZone } = c.get('tenant')
  const { actor } = c.get('identity')
  const note = (action: string, after: unknown): Promise<void> =>
    noteRead(services.database, {
      tenantId,
      actor,
      action: `${model.id}.${action}`,
      subjectType: model.id,
      subjectId: 'export',
      after,
      requestId: c.get('requestId'),
    })
  // Before the first byte: what cannot be noted does not happen.
  await note('exported', query.asked)
  const file = await exportRecords(query, {
    database: services.database,
    tenantId,
    timeZone,
    memberNames: async (ids) =>
      access.can('platform.kernel.member.read') ? services.members.names(tenantId, ids) : new Map(),
    async scope(moved) {
      // Rights are as of now, and so is where the tenant lives: an export takes its time.
      const now = await currentState(c, services)
      if (!now?.access.can(model.permission('read')) || !now.access.can(model.permission('export')))
        throw new Failure('permission_missing', { extensions: { permission: model.permission('export') } })
      access = now.access
      requireSame(query, now.plugins.view.entities.get(model.id))
      const { tenants } = services
      const home = moved ? await tenants.relocate(tenantId) : await tenants.byId(tenantId)
      return { ...shown, schema: home?.schema ?? shown.schema }
    },
    ended: ({ records, unreadable, complete, broken }) => {
      if (broken !== undefined)
        services.log.error({ err: broken, requestId: c.get('requestId') }, 'export broken off')
      return note('export-ended', { records, complete, ...(unreadable > 0 ? { unreadable } : {}) }).catch(
        (error: unknown) =>
          services.log.error({ err: error, requestId: c.get('requestId') }, 'end of an export not noted'),
      )
    },
  })
  return c.body(file, 200, exportHeaders(query, dayIn(new Date(), timeZone)))
}

/**
 * A file has the columns it began with. Fields that are added meanwhile are not among them; where one of those that are is gone, covered
 * or another, or the plugin is, the rest of the file would not fit its beginning.
 */
function requireSame({ list }: ExportQuery, now: EntityModel | undefined): void {
  const { model } = list
  if (now === model) return
  const fields = [
    ...list.fields.flatMap((field) => field.members ?? [field]),
    ...list.sort.map(({ field }) => field),
  ].filter(({ name }) => model.byName.has(name))
  const shapeOf = (field: FieldModel | undefined): string => {
    const { type, mask, scale, currency, entity } = field?.declaration ?? {}
    return JSON.stringify([
      field?.columns,
      field?.custom?.id,
      field?.target,
      type,
      mask,
      scale,
      currency,
      entity,
    ])
  }
  const same = (field: FieldModel): boolean => shapeOf(now?.byName.get(field.name)) === shapeOf(field)
  if (now?.version !== model.version || !fields.every(same)) throw new Failure('export_outdated')
}

function both(left: RowScope, right: RowScope): RowScope {
  if (left === false || right === false) return false
  if (left === true) return right
  return right === true ? left : { and: [left, right] }
}
