import { storeEntry, type Transaction } from '../data/index.ts'
import { Failure } from '../errors.ts'
import { requireHeld, rightsOf } from './check-role.ts'
import { isCircular } from './role-graph.ts'
import type { RoleChange } from './roles.ts'
import { MEMBER_ROLE } from '../access/index.ts'
import { notedRole, type StoredRole } from './stored-role.ts'

type StoredRoles = ReadonlyMap<string, StoredRole>

/**
 * Removes a role that nobody has, or puts another in its place first. Members that are not active count too: they may come back. A role that
 * a provider of sign-on gives stays.
 */
export async function removeRole(
  transaction: Transaction,
  order: RoleChange,
  roles: StoredRoles,
  before: StoredRole,
  replacement: string | undefined,
): Promise<void> {
  const { tenantId, origin } = order
  const { id } = before
  const heirs = [...roles.values()].filter((role) => role.inherits.includes(id))
  const members = await transaction.run<{ id: string }>({
    text: 'SELECT id FROM plinth.member WHERE tenant_id = $1 AND $2 = ANY (roles) ORDER BY id FOR NO KEY UPDATE',
    values: [tenantId, id],
  })
  const providers = await providersGiving(transaction, tenantId, id)
  // What takes its place is not mapped by itself: who comes from outside gets only what somebody has said there.
  if (providers.length > 0 || (replacement === undefined && (members.length > 0 || heirs.length > 0)))
    throw new Failure('role_in_use', {
      extensions: { members: members.length, roles: heirs.map((role) => role.id), providers },
    })
  if (replacement !== undefined) {
    requireReplacement(order, roles, before, replacement)
    replaceInMembers(transaction, tenantId, id, replacement)
    replaceInHeirs(transaction, tenantId, id, replacement)
  }
  replaceInWaiting(transaction, tenantId, id, replacement)
  transaction.later({
    text: 'DELETE FROM plinth.role WHERE tenant_id = $1 AND id = $2',
    values: [tenantId, id],
  })
  const replaced = {
    replacement,
    members: members.map((member) => member.id),
    heirs: heirs.map((role) => role.id),
  }
  transaction.later(
    storeEntry(tenantId, origin, {
      action: 'role.deleted',
      subjectType: 'platform.role',
      subjectId: id,
      before: notedRole(before),
      ...(replacement === undefined ? {} : { after: replaced }),
    }),
  )
}

/** Providers of sign-on by whose mapping people get the role. */
async function providersGiving(
  transaction: Transaction,
  tenantId: string,
  role: string,
): Promise<{ id: string; name: string }[]> {
  return transaction.run({
    text: `SELECT id, name FROM plinth.sign_on_provider WHERE tenant_id = $1
        AND (settings->'defaultRoles' ? $2 OR settings->'mapping' @> jsonb_build_array(jsonb_build_object('role', $2::text)))
      ORDER BY name, id FOR SHARE`,
    values: [tenantId, role],
  })
}

/** @throws Failure `query_invalid` | `permission_missing` */
function requireReplacement(order: RoleChange, roles: StoredRoles, before: StoredRole, id: string): void {
  const { view, held } = order
  if (id === before.id || (id !== MEMBER_ROLE && !roles.has(id) && !view.roles.has(id)))
    throw refuse('unknown', 'There is no such role to take its place.')
  requireHeld(held, rightsOf([id], view, roles))
  const after = new Map(
    [...roles.values()].map((role) => [
      role.id,
      { inherits: role.inherits.map((each) => (each === before.id ? id : each)) },
    ]),
  )
  after.delete(before.id)
  const circular = [...after.keys()].find((role) => isCircular(after, role))
  if (circular !== undefined) throw refuse('cycle', `"${circular}" would inherit itself.`)
}

function refuse(code: string, detail: string): Failure {
  return new Failure('query_invalid', { errors: [{ pointer: '/query/replacement', code, detail }] })
}

const REPLACED = (column: string): string =>
  `CASE WHEN $3 = ANY (${column}) THEN array_remove(${column}, $2) ELSE array_replace(${column}, $2, $3) END`

function replaceInMembers(transaction: Transaction, tenantId: string, id: string, replacement: string): void {
  transaction.later({
    text: `UPDATE plinth.member SET roles = ${REPLACED('roles')} WHERE tenant_id = $1 AND $2 = ANY (roles)`,
    values: [tenantId, id, replacement],
  })
  transaction.later({
    text: `UPDATE plinth.mapped_role SET roles = ${REPLACED('roles')} WHERE tenant_id = $1 AND $2 = ANY (roles)`,
    values: [tenantId, id, replacement],
  })
}

/** What every member has anyway needs no inheriting. */
function replaceInHeirs(transaction: Transaction, tenantId: string, id: string, replacement: string): void {
  transaction.later({
    text: `UPDATE plinth.role SET inherits = CASE WHEN $3 = '${MEMBER_ROLE}' THEN array_remove(inherits, $2) ELSE ${REPLACED('inherits')} END,
      version = version + 1, changed_at = now() WHERE tenant_id = $1 AND $2 = ANY (inherits)`,
    values: [tenantId, id, replacement],
  })
}

/** Who is invited gets what takes its place, or nothing instead. What was passed on of it is nothing any more, and ends where that was all. */
function replaceInWaiting(
  transaction: Transaction,
  tenantId: string,
  id: string,
  replacement: string | undefined,
): void {
  transaction.later(
    replacement === undefined
      ? {
          text: 'UPDATE plinth.invitation SET roles = array_remove(roles, $2) WHERE tenant_id = $1 AND $2 = ANY (roles)',
          values: [tenantId, id],
        }
      : {
          text: `UPDATE plinth.invitation SET roles = ${REPLACED('roles')} WHERE tenant_id = $1 AND $2 = ANY (roles)`,
          values: [tenantId, id, replacement],
        },
  )
  transaction.later({
    text: 'UPDATE plinth.delegation SET ended_at = now() WHERE tenant_id = $1 AND roles = ARRAY[$2] AND ended_at IS NULL AND ends_at > now()',
    values: [tenantId, id],
  })
}
