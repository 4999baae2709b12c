import { effect, resolve } from '@plinth/ui'
import { refreshShell } from './session.ts'
import { importProgress, online, phase } from './state.ts'

const MAX_DELAY = 30_000

let source: EventSource | undefined
let retry: ReturnType<typeof setTimeout> | undefined
let failures = 0
let missed = false

function disconnect(): void {
  clearTimeout(retry)
  source?.close()
  source = undefined
}

function connect(): void {
  disconnect()
  source = new EventSource(resolve('/api/v1/live'))
  source.addEventListener('open', () => {
    failures = 0
    if (missed) void refreshShell()
    missed = false
  })
  source.addEventListener('shell', () => void refreshShell())
  source.addEventListener('progress', () => importProgress.value++)
  source.addEventListener('error', () => {
    missed = true
    // The browser retries by itself unless the answer was an error; then it gives up and this takes over.
    if (source?.readyState !== EventSource.CLOSED) return
    retry = setTimeout(connect, Math.min(MAX_DELAY, 1000 * 2 ** failures++) * (0.75 + Math.random() / 2))
  })
}

/**
 * Listens for changes as long as someone is signed in and looking. A hidden page lets go of its connection, because
 * browsers allow only six to one HTTP/1.1 server over all tabs.
 */
export function followLive(): void {
  function decide(): void {
    const wanted = phase.value === 'ready' && online.value && document.visibilityState === 'visible'
    if (wanted && !source) connect()
    else if (!wanted && source) {
      missed = true
      disconnect()
    }
  }
  effect(decide)
  document.addEventListener('visibilitychange', decide)
}
