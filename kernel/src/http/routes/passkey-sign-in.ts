import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import { placeOf } from '../../identity/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { openSession } from '../open-session.ts'
import { describe } from '../openapi/describe.ts'
import { askPasskeySignInRoute, passkeySignInRoute } from '../openapi/second-factor-descriptions.ts'
import { visitorOf } from '../origin.ts'
import { partyOf } from '../passkey-party.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import type { HttpServices } from '../services.ts'
import { sameOrigin } from '../steps/same-origin.ts'
import { sessionDocument } from './session.ts'

/** Nobody needs more questions than this, and each is stored. */
const LIMIT = { max: 60, seconds: 600 }

/** Signing in with a passkey alone. */
export function passkeySignInRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .post('/session/passkey/options', describe(askPasskeySignInRoute), sameOrigin, async (c) => {
      await admit(c, services)
      return c.json(await services.passkeys.beginProof(c.get('tenant').id, partyOf(c, services)), 201)
    })
    .post('/session/passkey', describe(passkeySignInRoute), sameOrigin, async (c) => {
      const { response, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const tenantId = c.get('tenant').id
      const memberId = await services.passkeys.prove(tenantId, response, partyOf(c, services))
      const found = await services.members.actingAs(tenantId, memberId)
      if (!found?.member) throw new Failure('passkey_refused')
      const proof = { member: found.member, method: 'passkey', second: 'passkey' } as const
      return c.json(await sessionDocument(services, await openSession(c, services, proof)), 201)
    })
}

async function admit(c: HttpContext, services: HttpServices): Promise<void> {
  const { address } = visitorOf(c, services)
  const seconds = await services.attempts.take(
    c.get('tenant').id,
    `passkey ${address && placeOf(address)}`,
    LIMIT,
  )
  if (seconds > 0) throw new Failure('too_many_attempts', { extensions: { retryAfter: seconds } })
}
