import { streamSSE } from 'hono/streaming'
import type { Notice } from '../data/index.ts'
import type { HttpContext } from './environment.ts'
import type { HttpServices } from './services.ts'

/** A stream is closed after this time; the browser opens it again with a fresh look at the session. */
const STREAM_MS = 30 * 60_000
/** Something is sent at least this often, so that dead connections are noticed on the way. */
const HEARTBEAT_MS = 25_000

/**
 * Tells the browser, as server-sent events, when what it shows has changed: `shell` means that the shell document should be fetched
 * again, `progress` that an import of someone has come further. Ends when the session does.
 */
export function liveStream(c: HttpContext, services: HttpServices): Response {
  const tenantId = c.get('tenant').id
  const token = c.get('sessionToken')
  return streamSSE(c, async (stream) => {
    let changed = false
    let progress = false
    let wake: () => void = () => undefined
    const listener = (notice: Notice): void => {
      if (notice.topic === 'events' || notice.topic === 'work' || notice.tenantId !== tenantId) return
      changed ||= notice.topic === 'tenant'
      progress ||= notice.topic === 'progress'
      wake()
    }
    services.bus.on('notice', listener)
    stream.onAbort(() => wake())
    const end = Date.now() + STREAM_MS
    try {
      await stream.writeSSE({ event: 'open', data: '{}' })
      while (!stream.aborted && Date.now() < end) {
        if (!changed && !progress) await pause((resume) => (wake = resume))
        // Whoever lost the session in the meantime learns nothing more.
        if (stream.aborted || (token !== undefined && !(await services.sessions.find(tenantId, token)))) break
        // Taken before writing: a change that comes meanwhile is news of its own.
        const event = changed ? 'shell' : progress ? 'progress' : 'ping'
        if (changed) changed = false
        else progress = false
        await stream.writeSSE({ event, data: '{}' })
      }
    } finally {
      services.bus.off('notice', listener)
    }
  })
}

/** Waits until woken, at most one heartbeat. */
function pause(expose: (resume: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, HEARTBEAT_MS)
    expose(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
