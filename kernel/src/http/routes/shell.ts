import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import { entityMeta } from '../entity-meta.ts'
import type { HttpEnvironment } from '../environment.ts'
import { liveStream } from '../live-stream.ts'
import { describe } from '../openapi/describe.ts'
import { liveRoute, metaRoute, shellRoute } from '../openapi/workspace-descriptions.ts'
import type { HttpServices } from '../services.ts'
import { shellDocument } from '../shell-document.ts'
import { requireMember } from './session.ts'

/** What the browser draws itself from. */
export function shellRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/shell', describe(shellRoute), (c) => {
      requireMember(c.get('identity'))
      return c.json(shellDocument(c, services))
    })
    .get('/meta/:plugin/:entity', describe(metaRoute), (c) => {
      const model = c.get('plugins').view.entities.get(`${c.req.param('plugin')}.${c.req.param('entity')}`)
      if (!model) throw new Failure('not_found')
      c.get('access').require(model.permission('read'))
      return c.json(entityMeta(model, c.get('plugins').view, c.get('access')))
    })
    .get('/live', describe(liveRoute), (c) => liveStream(c, services))
}
