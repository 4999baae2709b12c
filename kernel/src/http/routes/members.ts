import { Hono } from 'hono'
import {
  checkRoles,
  giverOf,
  knownRoles,
  mayGive,
  type MemberSearch,
  type WrittenInvitation,
} from '../../accounts/index.ts'
import { isStorable, isUuid } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import {
  assignableRolesRoute,
  changeMemberRoute,
  directoryRoute,
  invitationsRoute,
  inviteRoute,
  memberRoute,
  resendInvitationRoute,
  withdrawInvitationRoute,
} from '../openapi/member-descriptions.ts'
import { originOf } from '../origin.ts'
import { readObject } from '../read-json.ts'
import { readInvitation, readMemberChange } from '../read-member.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'

const MANAGE = 'platform.kernel.member.manage'
const PAGE = 50

/** Members and invitations, for those who manage them. */
export function memberRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { memberAccounts, invitations } = services
  const giver = (c: HttpContext) => giverOf(c.get('identity'), c.get('plugins'))
  return new Hono<HttpEnvironment>()
    .get('/members/directory', describe(directoryRoute), async (c) => {
      c.get('access').require(MANAGE)
      const found = await memberAccounts.list(c.get('tenant').id, { ...readSearch(c), limit: PAGE })
      const items = found.slice(0, PAGE)
      const last = found.length > PAGE ? items.at(-1)! : undefined
      return c.json({ items, next: last ? cursorOf([last.name, last.id]) : null })
    })
    .get('/members/assignable-roles', describe(assignableRolesRoute), async (c) => {
      c.get('access').require(MANAGE)
      const who = giver(c)
      const { view } = c.get('plugins')
      const own = await memberAccounts.roleLabels(c.get('tenant').id)
      const items = knownRoles(who.plugins).map((id) => ({
        id,
        label: view.roles.get(id)?.label ?? own.get(id) ?? null,
        mayGive: mayGive(who, id),
      }))
      return c.json({ items })
    })
    .get('/members/invitations', describe(invitationsRoute), async (c) => {
      c.get('access').require(MANAGE)
      return c.json({ items: await invitations.list(c.get('tenant').id) })
    })
    .post('/members/invitations', describe(inviteRoute), async (c) => {
      c.get('access').require(MANAGE)
      await requireRecent(c, services)
      const invitation = readInvitation(await readObject(c))
      const who = giver(c)
      checkRoles(who, invitation.roles)
      const [tenant, origin] = [c.get('tenant'), originOf(c, services)]
      return c.json(shown(await invitations.invite(tenant, invitation, origin, who.memberId)), 201)
    })
    .post('/members/invitations/:id/resend', describe(resendInvitationRoute), async (c) => {
      c.get('access').require(MANAGE)
      await requireRecent(c, services)
      const id = requireId(c)
      const invitation = (await invitations.list(c.get('tenant').id)).find((each) => each.id === id)
      if (!invitation) throw new Failure('not_found')
      // Where there is no mail, the link is answered, and with it all that the roles may do.
      checkRoles(giver(c), invitation.roles)
      return c.json(shown(await invitations.resend(c.get('tenant'), id, originOf(c, services))))
    })
    .delete('/members/invitations/:id', describe(withdrawInvitationRoute), async (c) => {
      c.get('access').require(MANAGE)
      await invitations.withdraw(c.get('tenant').id, requireId(c), originOf(c, services))
      return c.body(null, 204)
    })
    .get('/members/:id', describe(memberRoute), async (c) => {
      c.get('access').require(MANAGE)
      return c.json(await memberAccounts.get(c.get('tenant').id, requireId(c)))
    })
    .patch('/members/:id', describe(changeMemberRoute), async (c) => {
      c.get('access').require(MANAGE)
      const id = requireId(c)
      const change = readMemberChange(await readObject(c))
      if (change.roles !== undefined || change.status !== undefined) await requireRecent(c, services)
      const { id: tenantId } = c.get('tenant')
      return c.json(await memberAccounts.change(tenantId, id, change, giver(c), originOf(c, services)))
    })
}

function shown({ invitation, link }: WrittenInvitation): object {
  return { ...invitation, ...(link === undefined ? {} : { link }) }
}

/** @throws Failure `not_found` */
function requireId(c: HttpContext): string {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw new Failure('not_found')
  return id
}

function readSearch(c: HttpContext): Omit<MemberSearch, 'limit'> {
  const { q = '', status, cursor } = c.req.query()
  if (!isStorable(q) || q.length > 200) throw queryFault('q')
  if (status !== undefined && status !== 'active' && status !== 'inactive') throw queryFault('status')
  return { q, status, after: cursor === undefined ? undefined : readCursor(cursor) }
}

function cursorOf(place: readonly [string, string]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function readCursor(cursor: string): readonly [string, string] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (
      Array.isArray(place) &&
      typeof place[0] === 'string' &&
      isStorable(place[0]) &&
      isUuid(String(place[1]))
    )
      return [place[0], String(place[1])]
  } catch {
    // Refused below, like anything else nobody was given.
  }
  throw new Failure('cursor_invalid')
}

function queryFault(parameter: string): Failure {
  return new Failure('query_invalid', {
    errors: [{ pointer: `/query/${parameter}`, code: 'value', detail: 'The value is not accepted.' }],
  })
}
