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
  { id, settings }: Pick<Provider, 'id' | 'settings'>,
  members: readonly string[],
): Promise<RoleChange[]> {
  return assignMapped(transaction, tenantId, {
    provider: id,
    source: provisionedSource(id),
    members,
    rolesOf: (groups) => rolesFor(groups, settings),
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
