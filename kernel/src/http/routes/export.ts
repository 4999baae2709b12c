import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import { noteRead } from '../../audit/index.ts'
import type { EntityModel, ReadScope, RowScope } from '../../data/index.ts'
import { exportHeaders, exportRecords, parseExportQuery } from '../../transfer/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describeEach } from '../openapi/describe.ts'
import { describeExport } from '../openapi/export-description.ts'
import { findModel, readScope } from '../read-scope.ts'
import { revealing } from '../reveal.ts'
import type { HttpServices } from '../services.ts'
import { currentAccess } from '../steps/identity.ts'

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
  const tenantId = c.get('tenant').id
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
    scope: shown,
    memberNames: async (ids) =>
      access.can('platform.kernel.member.read') ? services.members.names(tenantId, ids) : new Map(),
    async check() {
      // Rights are as of now, and an export takes its time.
      const now = await currentAccess(c, services)
      if (!now?.can(model.permission('read')) || !now.can(model.permission('export')))
        throw new Failure('permission_missing')
      access = now
    },
    ended: ({ records, unreadable, complete }) =>
      note('export-ended', { records, complete, ...(unreadable > 0 ? { unreadable } : {}) }).catch(
        (error: unknown) =>
          services.log.error({ err: error, requestId: c.get('requestId') }, 'end of an export not noted'),
      ),
  })
  file.on('error', (error) =>
    services.log.error({ err: error, requestId: c.get('requestId') }, 'export broken off'),
  )
  return c.body(Readable.toWeb(file) as ReadableStream<Uint8Array>, 200, exportHeaders(query, new Date()))
}

function both(left: RowScope, right: RowScope): RowScope {
  if (left === false || right === false) return false
  if (left === true) return right
  return right === true ? left : { and: [left, right] }
}
