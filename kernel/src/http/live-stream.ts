import { streamSSE } from 'hono/streaming'
import type { Notice } from '../data/index.ts'
import { activeAt, nextTurn, type Identity } from '../identity/index.ts'
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
    let who: Identity | undefined = c.get('identity')
    let look = looksLike(who)
    let wake: () => void = () => undefined
    const listener = (notice: Notice): void => {
      const isOurs = notice.tenantId === tenantId || notice.topic === 'features'
      if (notice.topic === 'events' || notice.topic === 'work' || !isOurs) return
      changed ||= notice.topic === 'tenant' || notice.topic === 'features'
      progress ||= notice.topic === 'progress'
      wake()
    }
    services.bus.on('notice', listener)
    stream.onAbort(() => wake())
    const end = Date.now() + STREAM_MS
    try {
      await stream.writeSSE({ event: 'open', data: '{}' })
      while (!stream.aborted && Date.now() < end) {
        if (!changed && !progress) await pause((resume) => (wake = resume), untilTurn(who))
        const found = token === undefined ? undefined : await services.sessions.find(tenantId, token)
        // Whoever lost the session in the meantime learns nothing more.
        if (stream.aborted || (token !== undefined && !found)) break
        changed ||= looksLike(found) !== look
        look = looksLike(found)
        who = found
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

/** What the frame of somebody depends on beside notices: whom they see it as, and what is passed on to them at this moment. */
function looksLike(identity: Identity | undefined): string {
  const passedOn = activeAt(identity?.passedOn ?? [], Date.now())
  return [identity?.member?.id, ...passedOn.map(({ id }) => id)].join(' ')
}

/** Milliseconds until something that was passed on begins or ends, or the view as a colleague is over. */
function untilTurn(identity: Identity | undefined): number {
  const now = Date.now()
  const turn = nextTurn(identity?.passedOn ?? [], now) ?? Infinity
  return Math.max(0, Math.min(turn, identity?.viewing?.until.getTime() ?? Infinity) - now)
}

/** Waits until woken, at most one heartbeat or so many milliseconds. */
function pause(expose: (resume: () => void) => void, most: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.min(HEARTBEAT_MS, most))
    expose(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
