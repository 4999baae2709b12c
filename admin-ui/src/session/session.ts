import type { SessionDocument, ShellDocument, TenantDocument } from '@plinth/sdk'
import {
  api,
  asProblem,
  batch,
  csrf,
  effect,
  factorOwed,
  forgetEntityMetas,
  navigate,
  resolve,
  setTimeZone,
  signedOut,
  untracked,
} from '@plinth/ui'
import { startLanguage } from './language.ts'
import { failure, phase, sessionEnded, shell, tenant, waits } from './state.ts'
import { isComingFromProvider } from './providers.ts'
import { showTenantColours } from './theme.ts'

function enter(document: ShellDocument): void {
  batch(() => {
    csrf.value = document.csrf
    // What the sign-in page offers is known from before; who signs out comes back to it.
    tenant.value = { ...tenant.value, ...document.tenant }
    setTimeZone(document.tenant.timeZone)
    shell.value = document
    sessionEnded.value = false
    phase.value = 'ready'
  })
}

/** Finds out whose workspace this is and whether someone is signed in. */
export async function start(): Promise<void> {
  phase.value = 'starting'
  const [who, what] = await Promise.allSettled([
    api.get<TenantDocument>('/api/v1/tenant'),
    api.get<ShellDocument>('/api/v1/shell'),
  ])
  if (who.status === 'rejected') {
    const problem = asProblem(who.reason)
    startLanguage()
    failure.value = problem
    phase.value = problem.code === 'tenant_unknown' ? 'workspaces' : 'failed'
    return
  }
  tenant.value = who.value
  setTimeZone(who.value.timeZone)
  showTenantColours(who.value.hue)
  // Whoever comes back from a provider comes anew, signed in or not.
  if (isComingFromProvider()) {
    startLanguage(null, who.value.locale)
    phase.value = 'signOn'
    return
  }
  if (what.status === 'fulfilled') {
    startLanguage(what.value.member.locale, who.value.locale)
    enter(what.value)
    return
  }
  startLanguage(null, who.value.locale)
  const problem = asProblem(what.reason)
  if (problem.code === 'second_factor_needed') {
    await continueSession(await api.get<SessionDocument>('/api/v1/session'))
    return
  }
  failure.value = problem
  phase.value = problem.status === 401 ? 'signIn' : 'failed'
}

/**
 * @param newPassword takes the place of one that is too old
 * @throws ApiProblem `credentials_wrong`, `password_expired` and whatever else refuses
 */
export async function signIn(email: string, password: string, newPassword?: string): Promise<void> {
  const proof = { email, password, ...(newPassword === undefined ? {} : { newPassword }) }
  await continueSession(await api.post<SessionDocument>('/api/v1/session', proof))
}

/** Goes where a session leads: to what it still waits for, or in. */
export async function continueSession(session: SessionDocument): Promise<void> {
  csrf.value = session.csrf
  waits.value = session.waits ?? null
  if (session.waits) {
    phase.value = 'secondFactor'
    return
  }
  const document = await api.get<ShellDocument>('/api/v1/shell')
  if (session.member.locale) startLanguage(session.member.locale)
  enter(document)
}

/** Leaves a page of those who are not signed in, and begins anew. */
export async function backToStart(): Promise<void> {
  await navigate('/', { replace: true })
  await start()
}

function leave(): void {
  batch(() => {
    csrf.value = ''
    shell.value = null
    waits.value = null
    phase.value = 'signIn'
  })
}

export async function signOut(): Promise<void> {
  await api.delete('/api/v1/session').catch((error: unknown) => {
    // A session that is gone already is just what was wanted.
    if (asProblem(error).status !== 401) throw error
  })
  leave()
  sessionEnded.value = false
  await navigate('/', { replace: true })
}

/** Fetches the frame again after something changed for this member or tenant. */
export async function refreshShell(): Promise<void> {
  if (!shell.value) return
  try {
    const document = await api.get<ShellDocument>('/api/v1/shell')
    // In another window somebody has begun or ended to see the workspace as a colleague does.
    if (document.member.id !== shell.value.member.id) location.assign(resolve('/'))
    else {
      forgetEntityMetas()
      enter(document)
    }
  } catch (error) {
    // Offline or a hiccup: the present frame stays; the next event, or coming back online, tries again.
    console.warn('The workspace frame could not be refreshed.', asProblem(error).code)
  }
}

// Any request answered with 401 ends the session here too; the address stays, so that work goes on after signing in.
effect(() => {
  void signedOut.value
  untracked(() => {
    if (!shell.value && !waits.value) return
    sessionEnded.value = true
    leave()
  })
})

// The days of grace have ended while someone was working: the session waits, and goes on at the same address.
effect(() => {
  void factorOwed.value
  untracked(() => {
    if (shell.value) void holdUp()
  })
})

async function holdUp(): Promise<void> {
  shell.value = null
  try {
    await continueSession(await api.get<SessionDocument>('/api/v1/session'))
  } catch {
    await start()
  }
}
