import { storeEntry } from '../data/index.ts'
import { Failure } from '../errors.ts'
import { failuresOf, judgeRisk, networkOf, type Proof, type Risk } from '../identity/index.ts'
import { readDevice, writeDevice } from './device-cookie.ts'
import type { HttpContext } from './environment.ts'
import { visitorOf } from './origin.ts'
import { guessesAt } from './second-factor-guesses.ts'
import type { HttpServices } from './services.ts'

/** What a sign-in weighs, and what to do when it has gone well. */
export interface WeighedSignIn {
  readonly risk: Risk
  /** Whether what follows from it is done, or only written down. */
  readonly isEnforced: boolean
  learn(): Promise<void>
}

/** What is not a country: unknown, and the network that hides it. */
const NO_COUNTRY = new Set(['XX', 'T1'])

/**
 * Compares a sign-in with those before. Undefined where the workspace does not look. A second factor that was given settles it: the
 * points stay in the log, and nothing follows from them.
 */
export async function weighSignIn(
  c: HttpContext,
  services: HttpServices,
  { member, second }: Proof,
): Promise<WeighedSignIn | undefined> {
  const tenant = c.get('tenant')
  const { adaptive } = await services.policies.of(tenant.id)
  if (adaptive.mode === 'off') return undefined
  const owner = { tenantId: tenant.id, memberId: member.id }
  const device = readDevice(c, member.id)
  const traits = {
    device,
    network: networkOf(visitorOf(c, services).address),
    country: countryOf(c, services),
    hour: hourIn(tenant.timeZone),
  }
  const counted = [failuresOf(member.email), guessesAt(member.id)]
  const [known, failures] = await Promise.all([
    services.signInMemory.compare(owner, traits),
    services.attempts.made(tenant.id, counted),
  ])
  const risk = judgeRisk({ ...known, failures }, adaptive)
  return {
    risk: second ? { ...risk, outcome: 'none' } : risk,
    isEnforced: adaptive.mode === 'enforce',
    async learn() {
      const token = writeDevice(c, member.id, known.knowsDevice ? device : undefined)
      await services.signInMemory.learn(owner, { ...traits, device: token })
      if (failures > 0) await services.attempts.clear(tenant.id, failuresOf(member.email))
    },
  }
}

/** Refuses a sign-in for what it weighs, and writes down why. */
export async function refuseSignIn(
  c: HttpContext,
  services: HttpServices,
  { member, method }: Proof,
  { score, reasons, outcome }: Risk,
): Promise<never> {
  const { id } = c.get('tenant')
  const entry = storeEntry(id, visitorOf(c, services), {
    action: 'signIn.refused',
    subjectType: 'platform.signIn',
    subjectId: member.id,
    after: { method, risk: { score, reasons, outcome, enforced: true } },
  })
  await services.database.transaction({ tenantId: id }, async (transaction) => transaction.later(entry))
  throw new Failure('sign_in_refused')
}

/** The country a proxy of ours says a request comes from. Without one in front, anybody could say so. */
function countryOf(c: HttpContext, { config }: HttpServices): string | undefined {
  if (config.countryHeader === undefined || (config.proxies ?? 0) === 0) return undefined
  const country = c.req.header(config.countryHeader)?.trim().toUpperCase()
  return country !== undefined && /^[A-Z]{2}$/.test(country) && !NO_COUNTRY.has(country) ? country : undefined
}

function hourIn(timeZone: string): number {
  return Number(
    new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(new Date()),
  )
}
