import type { AccessExplanation, ExplainedGrant, Named } from '@plinth/sdk'
import { bindCondition, boundTo, splitPermission } from '../access/index.ts'
import { compileJudgement, isUuid } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { Identity } from '../identity/index.ts'
import { accessOf, entityOf } from '../plugins/index.ts'
import {
  explain,
  fieldRules,
  fieldsOfConditions,
  grantsCovering,
  holdersOf,
  permissionWords,
  rolesGiving,
  SYSTEM_LABELS,
  type Question,
} from '../roles/index.ts'
import type { HttpContext } from './environment.ts'
import { limited } from './explain-limit.ts'
import { refuseQuery } from './refuse-query.ts'
import type { HttpServices } from './services.ts'

/** Those who can help are named, not listed. */
const MOST_NAMED = 5

/** Why somebody may do something or not, as far as whoever asks may know. */
export async function explanationOf(
  c: HttpContext,
  services: HttpServices,
  question: Question,
  member: Identity,
  record: string | undefined,
): Promise<AccessExplanation> {
  const plugins = c.get('plugins')
  const { permission, plugin, view } = question
  const met = record === undefined ? undefined : await judge(c, services, question, member, record)
  const answer = await limited(c, services, permission, explain(question, met))
  const model = entityOf(view, permission)
  const isHeld = ['granted', 'condition_unmet', 'limit_reached'].includes(answer.reason)
  const seesRoles = c.get('access').can('platform.kernel.role.read')
  const held = new Set(answer.grants.flatMap(({ via }) => via))
  const giving =
    seesRoles && !answer.allowed && (!plugin || view.permissions.has(permission))
      ? rolesGiving(plugins, permission).filter((role) => !held.has(role))
      : []
  const names = await namesOf(c, services, [...held, ...giving])
  return {
    permission,
    words: permissionWords(view.models, plugin?.manifest, permission),
    member: { id: member.actor.id ?? '', label: member.actor.name },
    ...answer,
    ...(answer.plugin ? { plugin: { ...answer.plugin, ...because(c, services, answer.plugin.id) } } : {}),
    roles: names.filter(({ id }) => held.has(id)),
    fields: fieldsOfConditions(view, model, answer.grants),
    rules: isHeld ? fieldRules(model, splitPermission(permission).action, accessOf(member, plugins)) : [],
    ...(seesRoles && !answer.allowed ? { givenBy: names.filter(({ id }) => giving.includes(id)) } : {}),
    ...(answer.allowed ? {} : await wayOut(c, services, answer, member)),
  }
}

/** Why a plugin was quarantined: what its code said is for those who look after it. */
function because(c: HttpContext, { states }: HttpServices, plugin: string): { readonly because?: string } {
  const { reason } = states.stateOf(c.get('plugins'), plugin)
  return reason !== null && c.get('access').can('platform.kernel.plugin.read') ? { because: reason } : {}
}

/** How roles are called. Of oneself, or of those whose rights one may see. */
export async function namesOf(
  c: HttpContext,
  { memberAccounts }: HttpServices,
  ids: readonly string[],
): Promise<Named[]> {
  const { view, customRoles } = c.get('plugins')
  const own = ids.some((id) => customRoles.has(id))
    ? await memberAccounts.roleLabels(c.get('tenant').id)
    : undefined
  return ids.map((id) => ({
    id,
    label: SYSTEM_LABELS[id] ?? view.roles.get(id)?.label ?? own?.get(id) ?? { en: id },
  }))
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
  if (!model) throw refuseQuery('record', 'value', 'The permission is not about records.')
  c.get('access').require(model.permission('read'))
  const scopes = grantsCovering(question).map((grant) =>
    grant.condition === undefined
      ? true
      : bindCondition(grant.condition, boundTo(grant, member.actor.id), c.get('tenant').timeZone),
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

/** The page where whoever asks can change it, or some of those who can. */
async function wayOut(
  c: HttpContext,
  services: HttpServices,
  {
    reason,
    grants,
    plugin,
    feature,
  }: Pick<AccessExplanation, 'reason' | 'grants' | 'feature'> & {
    readonly plugin?: { readonly id: string }
  },
  member: Identity,
): Promise<Pick<AccessExplanation, 'fix' | 'askWhom'>> {
  const access = c.get('access')
  if (reason === 'tier_required' || reason.startsWith('plugin_')) {
    const needed = 'platform.kernel.plugin.switch'
    // What a tier includes is decided by who runs the platform.
    if (reason === 'tier_required' || !access.can(needed)) return askable(c, services, needed)
    return { fix: `/admin/plugins?plugin=${plugin?.id ?? ''}` }
  }
  if (reason === 'feature_off') {
    // What the operator has stopped nobody here can let out again.
    if (feature?.why === 'stopped') return {}
    const needed = 'platform.kernel.feature.switch'
    return access.can(needed)
      ? { fix: `/admin/plugins?plugin=${plugin?.id ?? ''}` }
      : askable(c, services, needed)
  }
  if (reason === 'limit_reached')
    return access.can('platform.kernel.plugin.read')
      ? { fix: `/admin/plugins?plugin=${plugin?.id ?? ''}` }
      : askable(c, services, 'platform.kernel.plugin.switch')
  const isOneself = c.get('identity').member?.id === member.actor.id
  if (reason === 'not_granted' && !isOneself && access.can('platform.kernel.member.manage'))
    return { fix: `/admin/members?member=${member.actor.id}` }
  if (access.can('platform.kernel.role.manage')) return { fix: rolePage(c, grants) }
  return askable(c, services, 'platform.kernel.role.manage', true)
}

/** With the role whose condition is not met, where it is one that can be changed. */
function rolePage(c: HttpContext, grants: readonly ExplainedGrant[]): string {
  const { customRoles } = c.get('plugins')
  const role = grants.map(({ via }) => via.at(-1)).find((id) => id !== undefined && customRoles.has(id))
  return role === undefined ? '/admin/roles' : `/admin/roles?role=${role}`
}

/**
 * Who can permit it: colleagues, as far as the workspace wants them to be known for that.
 *
 * @param isAboutGiving whether they would give a right, which nobody does with what was passed on to them
 */
async function askable(
  c: HttpContext,
  { database, policies }: HttpServices,
  permission: string,
  isAboutGiving = false,
): Promise<Pick<AccessExplanation, 'askWhom'>> {
  if (!c.get('access').can('platform.kernel.member.read')) return {}
  const tenantId = c.get('tenant').id
  if (!(await policies.of(tenantId)).disclosure.administrators) return {}
  const { items } = await holdersOf(database, tenantId, c.get('plugins'), permission, {
    most: MOST_NAMED,
    own: isAboutGiving,
  })
  return { askWhom: items.map(({ id, label }) => ({ id, label })) }
}
