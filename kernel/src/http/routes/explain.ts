import { Hono } from 'hono'
import type { AccessExplanation, MemberRights } from '@plinth/sdk'
import { bindActor, kernelPermissions } from '../../access/index.ts'
import { compileJudgement, isUuid } from '../../data/index.ts'
import { entitlementOf } from '../../entitlements/index.ts'
import { Failure } from '../../errors.ts'
import type { Identity } from '../../identity/index.ts'
import { accessOf, entityOf, heldBy, type InstalledPlugin } from '../../plugins/index.ts'
import { declares, explain, grantsCovering, type Question } from '../../roles/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { explainRoute, memberRightsRoute } from '../openapi/role-descriptions.ts'
import type { HttpServices } from '../services.ts'
import { requireMember } from './session.ts'

/** What members may do, and why, or why not. */
export function explainRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/members/:id/rights', describe(memberRightsRoute), async (c) => {
      const member = await someone(c, services, c.req.param('id'))
      const plugins = c.get('plugins')
      const held = heldBy(member, plugins)
      const permissions = [...kernelPermissions, ...plugins.view.permissions]
        .map((id) => ({ id, grants: grantsCovering({ permission: id, held, view: plugins.view }) }))
        .filter(({ grants }) => grants.length > 0)
      return c.json<MemberRights>({ member: nameOf(member), roles: member.roles, permissions })
    })
    .get('/access/explain', describe(explainRoute), async (c) => {
      const { permission = '', member: id, record } = c.req.query()
      const member = await someone(c, services, id)
      const question = ask(c, services, permission, member)
      const met = record === undefined ? undefined : await judge(c, services, question, member, record)
      const answer = explain(question, met)
      const fix = answer.allowed ? undefined : fixFor(c, answer)
      return c.json<AccessExplanation>({
        permission,
        member: nameOf(member),
        ...answer,
        ...(fix === undefined ? {} : { fix }),
      })
    })
}

/** Whom it is about: oneself, or for those who may see the rights of others, any active member. */
async function someone(c: HttpContext, services: HttpServices, id: string | undefined): Promise<Identity> {
  const identity = c.get('identity')
  if (id === undefined) return requireMember(identity)
  if (identity.member?.id === id.toLowerCase()) return identity
  c.get('access').require('platform.kernel.role.read')
  const member = isUuid(id) ? await services.members.actingAs(c.get('tenant').id, id) : undefined
  if (!member) throw new Failure('not_found')
  return member
}

function ask(c: HttpContext, services: HttpServices, permission: string, member: Identity): Question {
  const plugins = c.get('plugins')
  const held = heldBy(member, plugins)
  const base = { permission, held, view: plugins.view }
  if (kernelPermissions.some((each) => each === permission))
    return { ...base, plugin: undefined, state: 'enabled', tier: undefined }
  const plugin = pluginOf(services, permission)
  if (!plugin) throw refuse('permission', 'unknown', 'There is no such permission.')
  const { state } = services.states.stateOf(plugins, plugin.id)
  return { ...base, plugin, state, tier: entitlementOf(c.get('tenant'), plugin.manifest) }
}

function pluginOf({ catalogue }: HttpServices, permission: string): InstalledPlugin | undefined {
  const plugin = catalogue.plugins.get(permission.split('.')[1] ?? '')
  return plugin && declares(plugin, permission) ? plugin : undefined
}

/** Which covering grants the record meets. Whoever asks must be able to see it. */
async function judge(
  c: HttpContext,
  { database }: HttpServices,
  question: Question,
  member: Identity,
  record: string,
): Promise<readonly boolean[]> {
  const { view } = question
  const model = entityOf(view, question.permission)
  if (!model) throw refuse('record', 'value', 'The permission is not about records.')
  c.get('access').require(model.permission('read'))
  const scopes = grantsCovering(question).map(({ condition }) =>
    condition === undefined ? true : bindActor(condition, member.actor.id),
  )
  const visible = accessOf(c.get('identity'), c.get('plugins')).rows(model, 'read')
  const { id: tenantId, schema } = c.get('tenant')
  const [row] = isUuid(record)
    ? await database.query<{ met: boolean[] }>(
        { tenantId, role: model.role },
        compileJudgement(model, record, schema, { visible, scopes }),
      )
    : []
  if (!row) throw new Failure('not_found')
  return row.met
}

/** Where whoever asks can change it, if they may. */
function fixFor(c: HttpContext, { reason }: Pick<AccessExplanation, 'reason'>): string | undefined {
  const [permission, page] = reason.startsWith('plugin_')
    ? ['platform.kernel.plugin.switch', '/admin/plugins']
    : ['platform.kernel.role.manage', '/admin/roles']
  return reason !== 'tier_required' && c.get('access').can(permission) ? page : undefined
}

function nameOf({ actor }: Identity): { readonly id: string; readonly label: string } {
  return { id: actor.id ?? '', label: actor.name }
}

function refuse(parameter: string, code: string, detail: string): Failure {
  return new Failure('query_invalid', { errors: [{ pointer: `/query/${parameter}`, code, detail }] })
}
