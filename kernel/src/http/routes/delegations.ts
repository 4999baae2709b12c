import { Hono } from 'hono'
import type { DelegationDocument, DelegationsDocument, PassedRole } from '@plinth/sdk'
import { giverOf, knownRoles, mayPassOn, type Delegation, type DelegationWish } from '../../accounts/index.ts'
import { isStorable, isUuid } from '../../data/index.ts'
import { Failure, invalid } from '../../errors.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import {
  delegateRoute,
  delegationsRoute,
  endDelegationRoute,
  memberDelegationsRoute,
} from '../openapi/delegation-descriptions.ts'
import { describe } from '../openapi/describe.ts'
import { originOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { readRoles } from '../read-member.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'
import { requireMember } from './session.ts'

const MANAGE = 'platform.kernel.member.manage'
const DELEGATE = 'platform.kernel.delegation.give'

const DAY_MS = 86_400_000
/** As long as somebody is away at most. */
const MOST_DAYS = 366

/** What members pass on to others for a while: their own, and everybody's for who manages members. */
export function delegationRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { delegations, memberAccounts } = services
  /** How roles are called. */
  const wordsOf = async (c: HttpContext): Promise<(id: string) => PassedRole> => {
    const own = await memberAccounts.roleLabels(c.get('tenant').id)
    const { view } = c.get('plugins')
    return (id) => ({ id, label: view.roles.get(id)?.label ?? own.get(id) ?? null })
  }
  return new Hono<HttpEnvironment>()
    .get('/delegations', describe(delegationsRoute), async (c) => {
      const { member } = requireMember(c.get('identity'))
      const tenantId = c.get('tenant').id
      const items = await delegations.list(tenantId, member.id)
      const named = await wordsOf(c)
      const giver = giverOf(c.get('identity'), c.get('plugins'))
      const own = c.get('access').can(DELEGATE) ? knownRoles(giver.plugins) : []
      const roles = own.filter((id) => mayPassOn(giver, id)).map(named)
      return c.json<DelegationsDocument>({ items: items.map((each) => shown(each, named)), roles })
    })
    .post('/delegations', describe(delegateRoute), async (c) => {
      requireMember(c.get('identity'))
      c.get('access').require(DELEGATE)
      await requireRecent(c, services)
      const wish = readWish(await readObject(c))
      const giver = giverOf(c.get('identity'), c.get('plugins'))
      const given = await delegations.give(c.get('tenant'), wish, giver, originOf(c, services))
      return c.json(shown(given, await wordsOf(c)), 201)
    })
    .delete('/delegations/:id', describe(endDelegationRoute), async (c) => {
      const { member } = requireMember(c.get('identity'))
      const anyones = c.get('access').can(MANAGE)
      const id = requireId(c)
      await delegations.end(c.get('tenant'), id, anyones ? undefined : member.id, originOf(c, services))
      return c.body(null, 204)
    })
    .get('/members/delegations', describe(memberDelegationsRoute), async (c) => {
      c.get('access').require(MANAGE)
      const named = await wordsOf(c)
      const items = await delegations.list(c.get('tenant').id)
      return c.json({ items: items.map((each) => shown(each, named)) })
    })
}

function shown(delegation: Delegation, named: (id: string) => PassedRole): DelegationDocument {
  return { ...delegation, roles: delegation.roles.map(named) }
}

/** @throws Failure `validation_failed` */
function readWish({ member, roles, reason, from, until, ...rest }: Record<string, unknown>): DelegationWish {
  refuseUnknown(rest)
  if (typeof member !== 'string' || !isUuid(member))
    throw invalid('/member', 'type', 'The id of a member is needed here.')
  const chosen = [...new Set(readRoles(roles))]
  if (chosen.length === 0) throw invalid('/roles', 'required', 'At least one role is needed.')
  if (typeof reason !== 'string' || reason.trim() === '' || reason.length > 500 || !isStorable(reason))
    throw invalid('/reason', 'required', 'A reason of at most 500 characters is needed.')
  const now = Date.now()
  const begin = from === undefined || from === null ? undefined : readMoment(from, '/from')
  const end = readMoment(until, '/until')
  const start = Math.max(begin?.getTime() ?? now, now)
  if (end.getTime() <= start) throw invalid('/until', 'range', 'It ends after it has begun.')
  if (end.getTime() - start > MOST_DAYS * DAY_MS)
    throw invalid('/until', 'range', `At most ${MOST_DAYS} days are possible.`)
  return {
    receiver: member.toLowerCase(),
    roles: chosen,
    reason: reason.trim(),
    // What has passed is not passed on.
    from: begin && begin.getTime() > now ? begin : undefined,
    until: end,
  }
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

function readMoment(value: unknown, pointer: string): Date {
  const moment = typeof value === 'string' && MOMENT.test(value) ? new Date(value) : undefined
  if (!moment || Number.isNaN(moment.getTime()))
    throw invalid(pointer, 'format', 'A date with a time and its zone is needed here.')
  return moment
}

function requireId(c: HttpContext): string {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw new Failure('not_found')
  return id
}
