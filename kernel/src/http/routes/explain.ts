import { Hono } from 'hono'
import type { AccessExplanation, MemberRights, PermissionHolders } from '@plinth/sdk'
import { kernelPermissions } from '../../access/index.ts'
import { isUuid } from '../../data/index.ts'
import { entitlementOf } from '../../entitlements/index.ts'
import { Failure } from '../../errors.ts'
import type { Identity } from '../../identity/index.ts'
import { entityOf, featureBehind, grantedTo, type InstalledPlugin } from '../../plugins/index.ts'
import {
  declares,
  fieldsOfConditions,
  grantsCovering,
  holdersOf,
  permissionWords,
  type Question,
} from '../../roles/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { explanationOf, namesOf } from '../explanation.ts'
import { describe } from '../openapi/describe.ts'
import {
  explainRoute,
  explainScreenRoute,
  holdersRoute,
  memberRightsRoute,
} from '../openapi/explanation-descriptions.ts'
import { refuseQuery } from '../refuse-query.ts'
import { screenPermission } from '../screen-permission.ts'
import type { HttpServices } from '../services.ts'
import { requireMember } from './session.ts'

/** Holders that are named at most. */
const MOST_HOLDERS = 200

/** What members may do, and why, or why not. */
export function explainRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/members/:id/rights', describe(memberRightsRoute), async (c) => {
      const member = await someone(c, services, c.req.param('id'))
      const plugins = c.get('plugins')
      const { view } = plugins
      const held = grantedTo(member, plugins)
      const all = [...kernelPermissions, ...view.permissions].map((id) => ({
        id,
        words: permissionWords(view.models, pluginOf(services, id)?.manifest, id),
        grants: grantsCovering({ permission: id, held, view }),
      }))
      const lacking = all.filter(({ grants }) => grants.length === 0).map(({ id, words }) => ({ id, words }))
      return c.json<MemberRights>({
        member: { id: member.actor.id ?? '', label: member.actor.name },
        roles: member.roles,
        permissions: all.filter(({ grants }) => grants.length > 0),
        lacking,
      })
    })
    .get('/access/explain', describe(explainRoute), async (c) => {
      const { permission = '', member: id, record, feature } = c.req.query()
      const member = await someone(c, services, id)
      const question = ask(c, services, permission, member, feature)
      return c.json<AccessExplanation>(await explanationOf(c, services, question, member, record))
    })
    .get('/access/explain/screen', describe(explainScreenRoute), async (c) => {
      const { path = '', member: id } = c.req.query()
      const member = await someone(c, services, id)
      const screen = screenPermission(path, services.catalogue, c.get('plugins').view)
      if (screen === undefined) throw refuseQuery('path', 'unknown', 'There is no such screen.')
      const question = ask(c, services, screen.permission, member, screen.feature)
      return c.json<AccessExplanation>(await explanationOf(c, services, question, member, undefined))
    })
    .get('/access/holders', describe(holdersRoute), async (c) => {
      c.get('access').require('platform.kernel.role.read')
      const plugins = c.get('plugins')
      const { view } = plugins
      const permission = c.req.query('permission') ?? ''
      const plugin = requirePermission(services, permission)
      // Of a plugin that is off nobody may do anything.
      const isOn = plugin === undefined || view.permissions.has(permission)
      const { items, total } = isOn
        ? await holdersOf(services.database, c.get('tenant').id, plugins, permission, { most: MOST_HOLDERS })
        : { items: [], total: 0 }
      const grants = items.flatMap((item) => item.grants)
      return c.json<PermissionHolders>({
        permission,
        words: permissionWords(view.models, plugin?.manifest, permission),
        items,
        total,
        roles: await namesOf(c, services, [...new Set(grants.flatMap(({ via }) => via))]),
        fields: fieldsOfConditions(view, entityOf(view, permission), grants),
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

/** @param named the feature it is about, as `<plugin>.<feature>`; default: the one that everything the permission gives is part of */
function ask(
  c: HttpContext,
  services: HttpServices,
  permission: string,
  member: Identity,
  named: string | undefined,
): Question {
  const plugins = c.get('plugins')
  const held = grantedTo(member, plugins)
  const base = { permission, held, view: plugins.view }
  const plugin = requirePermission(services, permission)
  const feature =
    named === undefined ? plugin && featureBehind(plugin, permission, plugins) : plugins.features.get(named)
  if (named !== undefined && (!feature || feature.plugin !== plugin?.id))
    throw refuseQuery('feature', 'unknown', 'There is no such feature.')
  if (!plugin) return { ...base, plugin, state: 'enabled', tier: undefined, feature }
  const { state } = services.states.stateOf(plugins, plugin.id)
  return { ...base, plugin, state, tier: entitlementOf(c.get('tenant'), plugin.manifest), feature }
}

/** The plugin a permission is of; none of those of the platform. @throws Failure `query_invalid` where there is no such permission */
function requirePermission(services: HttpServices, permission: string): InstalledPlugin | undefined {
  if (kernelPermissions.some((each) => each === permission)) return undefined
  const plugin = pluginOf(services, permission)
  if (!plugin) throw refuseQuery('permission', 'unknown', 'There is no such permission.')
  return plugin
}

function pluginOf({ catalogue }: HttpServices, permission: string): InstalledPlugin | undefined {
  const plugin = catalogue.plugins.get(permission.split('.')[1] ?? '')
  return plugin && declares(plugin, permission) ? plugin : undefined
}
