import { Hono } from 'hono'
import { Failure, invalid } from '../../errors.ts'
import { isUuid } from '../../data/index.ts'
import type { SecondFactorsDocument } from '@plinth/sdk'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { enrollingOf, ownerOf, proceed, prove, type Given } from '../give-second-factor.ts'
import { offersMailCodes } from '../mail-code-rules.ts'
import { describe } from '../openapi/describe.ts'
import {
  askPasskeyRoute,
  beginPasskeyRoute,
  beginTotpRoute,
  confirmPasskeyRoute,
  confirmTotpRoute,
  removeFactorRoute,
  renewCodesRoute,
  secondFactorsRoute,
  verifyRoute,
} from '../openapi/second-factor-descriptions.ts'
import { originOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { refuseDemoAccount } from '../refuse-demo-account.ts'
import { partyOf } from '../passkey-party.ts'
import { admitGuess } from '../second-factor-guesses.ts'
import { isMailEnough, mustHaveSecondFactor, owesSecondFactor } from '../second-factor-demand.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'
import { requireMember } from './session.ts'

type CodeMethod = Extract<Given, { code: string }>['method']

const METHODS: readonly CodeMethod[] = ['totp', 'backup', 'email']

/** The second factors of who asks, and giving one. */
export function secondFactorRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/session/second-factor', describe(secondFactorsRoute), async (c) => {
      const owner = ownerOf(c)
      const { factors, codesLeft } = await services.secondFactors.of(owner)
      const document: SecondFactorsDocument = {
        factors,
        codesLeft,
        required: await mustHaveSecondFactor(services, c.get('tenant'), owner.memberId),
        enrolBy: c.get('identity').enrolBy?.toISOString() ?? null,
        emailCodes: await standingOfMail(c, services),
      }
      return c.json(document)
    })
    .post('/session/second-factor/verify', describe(verifyRoute), async (c) => {
      const owner = ownerOf(c)
      const given = await readProof(c)
      const guesses = await admitGuess(services, owner)
      try {
        await prove(c, services, given)
      } catch (error) {
        await guesses.failed(originOf(c, services), given.method)
        throw error
      }
      await guesses.succeeded()
      return c.json(await proceed(c, services, given.method), 201)
    })
    .post('/session/second-factor/verify/passkey', describe(askPasskeyRoute), async (c) => {
      const owner = ownerOf(c)
      return c.json(await services.passkeys.beginProof(owner.tenantId, partyOf(c, services), owner), 201)
    })
    .post('/session/second-factor/passkey', describe(beginPasskeyRoute), async (c) => {
      refuseDemoAccount(c, services)
      await requireRecent(c, services)
      const { member } = requireMember(c.get('identity'))
      return c.json(await services.passkeys.beginAdding(ownerOf(c), member, partyOf(c, services)), 201)
    })
    .post('/session/second-factor/passkey/confirm', describe(confirmPasskeyRoute), async (c) => {
      refuseDemoAccount(c, services)
      const { name, response, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const codes = await services.passkeys.add(
        enrollingOf(c),
        readName(name),
        response,
        partyOf(c, services),
        originOf(c, services),
      )
      const waited = c.get('identity').waits !== undefined
      return c.json({ codes, ...(waited ? { session: await proceed(c, services, 'passkey') } : {}) }, 201)
    })
    .post('/session/second-factor/totp', describe(beginTotpRoute), async (c) => {
      refuseDemoAccount(c, services)
      await requireRecent(c, services)
      const { name, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const { member } = requireMember(c.get('identity'))
      const { id, secret, uri } = await services.authenticatorApps.begin(
        c.get('tenant'),
        member,
        readName(name),
      )
      const { toString } = await import('qrcode')
      return c.json(
        {
          id,
          secret,
          uri,
          picture: await toString(uri, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }),
        },
        201,
      )
    })
    .post('/session/second-factor/totp/:id/confirm', describe(confirmTotpRoute), async (c) => {
      refuseDemoAccount(c, services)
      const { code, ...rest } = await readObject(c)
      refuseUnknown(rest)
      if (typeof code !== 'string' || code.length > 20)
        throw invalid('/code', 'type', 'The code of the app is needed here.')
      const id = c.req.param('id')
      if (!isUuid(id)) throw new Failure('not_found')
      const owner = enrollingOf(c)
      const guesses = await admitGuess(services, owner)
      const codes = await services.authenticatorApps.confirm(
        owner,
        id,
        withoutSpaces(code),
        originOf(c, services),
      )
      await guesses.succeeded()
      const waited = c.get('identity').waits !== undefined
      return c.json({ codes, ...(waited ? { session: await proceed(c, services, 'totp') } : {}) }, 201)
    })
    .post('/session/second-factor/codes', describe(renewCodesRoute), async (c) => {
      refuseDemoAccount(c, services)
      await requireRecent(c, services)
      const owner = ownerOf(c)
      const { factors } = await services.secondFactors.of(owner)
      if (factors.length === 0) throw new Failure('second_factor_required')
      return c.json({ codes: await services.secondFactors.renewCodes(owner, originOf(c, services)) }, 201)
    })
    .delete('/session/second-factor/factors/:id', describe(removeFactorRoute), async (c) => {
      refuseDemoAccount(c, services)
      await requireRecent(c, services)
      const owner = ownerOf(c)
      const id = c.req.param('id')
      const { factors } = await services.secondFactors.of(owner)
      if (!factors.some((factor) => factor.id === id)) throw new Failure('not_found')
      const left = factors.filter((factor) => factor.id !== id)
      if (await owesSecondFactor(services, c.get('tenant'), owner.memberId, left))
        throw new Failure('second_factor_required')
      const ids = left.map((factor) => factor.id)
      await services.secondFactors.remove(owner, id, ids, originOf(c, services))
      return c.body(null, 204)
    })
}

/** What codes by mail are to who asks. */
async function standingOfMail(
  c: HttpContext,
  services: HttpServices,
): Promise<SecondFactorsDocument['emailCodes']> {
  const { tenantId, memberId } = ownerOf(c)
  if (!offersMailCodes(services, await services.policies.of(tenantId))) return 'none'
  return (await isMailEnough(services, c.get('tenant'), memberId)) ? 'enough' : 'besides'
}

async function readProof(c: HttpContext): Promise<Given> {
  const { method, code, response, password, ...rest } = await readObject(c)
  refuseUnknown(rest)
  if (method === 'passkey') return { method, response }
  if (method === 'password') {
    if (typeof password !== 'string' || password.length > 1_000)
      throw invalid('/password', 'type', 'A password is needed here.')
    return { method, password }
  }
  if (!METHODS.includes(method as CodeMethod))
    throw invalid('/method', 'enum', `One of: ${METHODS.join(', ')}, passkey, password.`)
  if (typeof code !== 'string' || code.length > 50) throw invalid('/code', 'type', 'A code is needed here.')
  return { method: method as CodeMethod, code: withoutSpaces(code) }
}

/** Apps show codes in two groups, and people type what they see. */
function withoutSpaces(code: string): string {
  return code.replaceAll(' ', '')
}

function readName(name: unknown): string {
  if (typeof name !== 'string' || name.trim() === '' || name.length > 100)
    throw invalid('/name', 'type', 'A name of at most 100 characters is needed.')
  return name.trim()
}
