import type { SessionDocument, ShellDocument, TenantDocument } from '@plinth/sdk'
import { signal, type ApiProblem } from '@plinth/ui'

/** How far the start has come. */
export type Phase = 'starting' | 'workspaces' | 'signIn' | 'signOn' | 'secondFactor' | 'ready' | 'failed'

export const phase = signal<Phase>('starting')

/** Why the start failed. */
export const failure = signal<ApiProblem | null>(null)

/** The workspace of this address, known before anyone signs in. */
export const tenant = signal<TenantDocument | null>(null)

/** The address somebody has typed on one of the pages before signing in, so that the next need not ask again. */
export const typedAddress = signal('')

/** What a session that was opened still waits for. */
export const waits = signal<SessionDocument['waits'] | null>(null)

/** What the signed-in member has; null while nobody is signed in. */
export const shell = signal<ShellDocument | null>(null)

/** The session ended while someone was working. */
export const sessionEnded = signal(false)

/** Counts how often an import of someone has come further. */
export const importProgress = signal(0)

/** Whether the browser has a network. */
export const online = signal(navigator.onLine)
addEventListener('online', () => (online.value = true))
addEventListener('offline', () => (online.value = false))
