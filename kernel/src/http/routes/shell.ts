import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { Failure } from '../../errors.ts'
import { entityMeta } from '../entity-meta.ts'
import type { HttpEnvironment } from '../environment.ts'
import type { HttpServices } from '../services.ts'
import { shellDocument } from '../shell-document.ts'
import { requireMember } from './session.ts'

/** An event stream is closed after this time; the browser opens it again with a fresh look at the session. */
const STREAM_MS = 30 * 60_000
const HEARTBEAT_MS = 25_000

/** What the browser draws itself from. */
export function shellRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/shell', (c) => {
      requireMember(c.get('identity'))
      return c.json(shellDocument(c, services))
    })
    .get('/meta/:plugin/:entity', (c) => {
      const model = c.get('plugins').view.entities.get(`${c.req.param('plugin')}.${c.req.param('entity')}`)
      if (!model) throw new Failure('not_found')
      c.get('access').require(model.permission('read'))
      return c.json(entityMeta(model, c.get('plugins').view, c.get('access')))
    })
    .get('/live', (c) => {
      const tenantId = c.get('tenant').id
      const token = c.get('sessionToken')
      return streamSSE(c, async (stream) => {
        let wake: () => void = () => undefined
        let changed = true
        const listener = (notice: { topic: string; tenantId: string }): void => {
          if (notice.topic !== 'tenant' || notice.tenantId !== tenantId) return
          changed = true
          wake()
        }
        services.bus.on('notice', listener)
        stream.onAbort(() => wake())
        const end = Date.now() + STREAM_MS
        try {
          changed = false
          await stream.writeSSE({ event: 'open', data: '{}' })
          while (!stream.aborted && Date.now() < end) {
            if (!changed)
              await new Promise<void>((resolve) => {
                const timer = setTimeout(resolve, HEARTBEAT_MS)
                wake = () => {
                  clearTimeout(timer)
                  resolve()
                }
              })
            if (stream.aborted) break
            // Whoever lost the session in the meantime learns nothing more.
            if (token !== undefined && !(await services.sessions.find(tenantId, token))) break
            await stream.writeSSE(changed ? { event: 'shell', data: '{}' } : { event: 'ping', data: '{}' })
            changed = false
          }
        } finally {
          services.bus.off('notice', listener)
        }
      })
    })
}
