import type { Transaction } from '../data/index.ts'
import { assignMapped, type RoleChange } from './mapped-roles.ts'
import { rolesFor } from './mapping.ts'
import type { Provider } from './provider.ts'

/** Under which source roles stand that follow from the groups a provider keeps in step, beside those it says at sign-on. */
export function provisionedSource(provider: string): string {
  return `${provider} scim`
}

/** Gives members the roles that follow from the groups their provider has put them into, by its mapping. */
export async function assignProvisioned(
  transaction: Transaction,
  tenantId: string,
  { id }: Pick<Provider, 'id'>,
  members: readonly string[],
): Promise<RoleChange[]> {
  return assignMapped(transaction, tenantId, {
    provider: id,
    source: provisionedSource(id),
    members,
    rolesOf: ({ groups, settings }) => rolesFor(groups, settings),
  })
}

/**
 * Takes roles from members that nothing of a mapping gives any more, without waiting for them to sign on again. Who has none left of
 * those their provider said at sign-on has the roles of everyone.
 */
export async function withdrawUnmapped(
  transaction: Transaction,
  tenantId: string,
  { id, settings }: Pick<Provider, 'id' | 'settings'>,
): Promise<RoleChange[]> {
  const possible = new Set([...settings.mapping.map(({ role }) => role), ...settings.defaultRoles])
  const rows = await transaction.run<{ id: string }>({
    text: 'SELECT member_id AS id FROM plinth.mapped_role WHERE tenant_id = $1 AND source = $2 AND NOT roles <@ $3::text[]',
    values: [tenantId, id, [...possible]],
  })
  return assignMapped(transaction, tenantId, {
    provider: id,
    source: id,
    members: rows.map((row) => row.id),
    rolesOf: ({ given }) => {
      const left = given.filter((role) => possible.has(role))
      return left.length > 0 ? left : settings.defaultRoles
    },
  })
}

/** Members a provider keeps in step. */
export async function provisionedMembers(
  transaction: Transaction,
  tenantId: string,
  provider: string,
): Promise<string[]> {
  const rows = await transaction.run<{ id: string }>({
    text: 'SELECT member_id AS id FROM plinth.scim_user WHERE tenant_id = $1 AND provider_id = $2::uuid AND NOT deleted',
    values: [tenantId, provider],
  })
  return rows.map(({ id }) => id)
}
