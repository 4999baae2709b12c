import type { Entry, Transaction } from '../data/index.ts'
import { admitMember } from '../entitlements/index.ts'
import { takesIn } from '../sign-on/index.ts'
import type { ScimOrder } from './scim-order.ts'
import { ScimError } from './scim-error.ts'
import { nameOf, type UserInput } from './user-resource.ts'

const ADMIN = 'admin'

/** How things stand with a member whom a provider speaks of. */
export interface Standing {
  readonly id: string
  /** Was a member before the provider spoke of them: their name and address are their own. */
  readonly adopted: boolean
  /** The provider has ended their access, and may give it back. */
  readonly suspended: boolean
  readonly status: 'active' | 'inactive'
  readonly roles: readonly string[]
  readonly memberName: string
  readonly memberEmail: string
}

interface Stored {
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
}

/** Columns of what the provider says; values are those of `sayings`. */
const COLUMNS = [
  'user_name',
  'user_key',
  'external_id',
  'email',
  'display_name',
  'formatted',
  'given_name',
  'family_name',
]

export const INSERT_USER = `INSERT INTO plinth.scim_user (tenant_id, provider_id, member_id, ${COLUMNS.join(', ')}, adopted, suspended)
  VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

export const STORED = 'version, created_at AS "createdAt", updated_at AS "updatedAt"'

const STORE = `WITH u AS (${INSERT_USER}
    ON CONFLICT (tenant_id, provider_id, member_id) DO UPDATE SET ${COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')},
      suspended = excluded.suspended, deleted = false, version = scim_user.version + 1, updated_at = now() RETURNING ${STORED}),
  m AS (UPDATE plinth.member SET name = $14, email = $15, status = $16 WHERE tenant_id = $1 AND id = $3::uuid
    AND (name, email, status) IS DISTINCT FROM ($14, $15, $16)),
  s AS (DELETE FROM plinth.session WHERE $17::boolean AND tenant_id = $1 AND member_id = $3::uuid),
  g AS (DELETE FROM plinth.oauth_grant WHERE $17::boolean AND tenant_id = $1 AND member_id = $3::uuid),
  i AS (DELETE FROM plinth.invitation WHERE $17::boolean AND tenant_id = $1 AND created_by = $3::uuid),
  l AS (DELETE FROM plinth.account_link WHERE $18::boolean AND tenant_id = $1 AND member_id = $3::uuid),
  d AS (UPDATE plinth.delegation SET ended_at = now() WHERE $17::boolean AND tenant_id = $1 AND $3::uuid IN (giver_id, receiver_id)
    AND ended_at IS NULL AND ends_at > now())
  SELECT version, "createdAt", "updatedAt" FROM u`

export function storedValues(
  { tenantId, provider }: ScimOrder,
  { id, adopted, suspended }: Pick<Standing, 'id' | 'adopted' | 'suspended'>,
  input: UserInput,
): unknown[] {
  const { userName, externalId, email, displayName, formatted, givenName, familyName } = input
  const said = [
    userName,
    userName.toLowerCase(),
    externalId,
    email,
    displayName,
    formatted,
    givenName,
    familyName,
  ]
  return [tenantId, provider.id, id, ...said, adopted, suspended]
}

/**
 * Stores what a provider says of a member, and does with the member what follows. Who loses access has no session any more, lets no
 * program in, and no invitation they have written is good; links by mail end with access, and with the address they went to. Access that
 * somebody else has ended stays ended.
 *
 * @throws ScimError 409 for the last administrator | `invalidValue` for an address the provider does not vouch for
 * @throws Failure `limit_exceeded`
 */
export async function storeUser(
  transaction: Transaction,
  order: ScimOrder,
  before: Standing,
  input: UserInput,
): Promise<Stored & { readonly isActive: boolean; readonly entries: Entry[] }> {
  const { status, adopted } = before
  const ends = input.active === false && status === 'active'
  const returns = input.active === true && before.suspended
  const suspended = ends || (before.suspended && input.active !== true)
  const after = {
    name: adopted ? before.memberName : nameOf(input),
    email: adopted ? before.memberEmail : input.email,
    status: ends ? 'inactive' : returns ? 'active' : status,
  }
  if (after.email !== before.memberEmail && !takesIn(order.provider, after.email)) throw foreignAddress()
  if (ends) await requireAnotherAdmin(transaction, order, before)
  if (status === 'inactive' && after.status === 'active')
    await admitMember(transaction, order.tenantId, before.memberEmail, true)
  const [stored] = await transaction.run<Stored>({
    text: STORE,
    values: [
      ...storedValues(order, { ...before, suspended }, input),
      after.name,
      after.email,
      after.status,
      ends,
      ends || after.email !== before.memberEmail,
    ],
  })
  return { ...stored!, isActive: after.status === 'active', entries: entriesOf(before, after) }
}

/** Takes a member out of the provider's keeping. */
export async function forgetUser(
  transaction: Transaction,
  order: ScimOrder,
  before: Standing,
): Promise<Entry[]> {
  const { tenantId, provider } = order
  const ends = before.status === 'active'
  if (ends) await requireAnotherAdmin(transaction, order, before)
  transaction.later({
    text: `WITH u AS (UPDATE plinth.scim_user SET deleted = true, suspended = suspended OR $4, version = version + 1, updated_at = now()
        WHERE tenant_id = $1 AND provider_id = $2::uuid AND member_id = $3::uuid),
      g AS (DELETE FROM plinth.scim_membership WHERE tenant_id = $1 AND member_id = $3::uuid
        AND group_id IN (SELECT id FROM plinth.scim_group WHERE tenant_id = $1 AND provider_id = $2::uuid)),
      s AS (DELETE FROM plinth.session WHERE tenant_id = $1 AND member_id = $3::uuid),
      o AS (DELETE FROM plinth.oauth_grant WHERE tenant_id = $1 AND member_id = $3::uuid),
      i AS (DELETE FROM plinth.invitation WHERE tenant_id = $1 AND created_by = $3::uuid),
      l AS (DELETE FROM plinth.account_link WHERE tenant_id = $1 AND member_id = $3::uuid),
      d AS (UPDATE plinth.delegation SET ended_at = now() WHERE tenant_id = $1 AND $3::uuid IN (giver_id, receiver_id)
        AND ended_at IS NULL AND ends_at > now())
      UPDATE plinth.member SET status = 'inactive' WHERE tenant_id = $1 AND id = $3::uuid AND status = 'active'`,
    values: [tenantId, provider.id, before.id, ends],
  })
  return entriesOf(before, { name: before.memberName, email: before.memberEmail, status: 'inactive' })
}

export function foreignAddress(): ScimError {
  return new ScimError(400, 'invalidValue', 'The address is of none of the domains of this provider.')
}

/** @throws ScimError 409 */
async function requireAnotherAdmin(
  transaction: Transaction,
  { tenantId }: ScimOrder,
  { id, roles }: Standing,
): Promise<void> {
  if (!roles.includes(ADMIN)) return
  const rows = await transaction.run<{ id: string }>({
    text: `SELECT id FROM plinth.member WHERE tenant_id = $1 AND status = 'active' AND 'admin' = ANY(roles) ORDER BY id FOR NO KEY UPDATE`,
    values: [tenantId],
  })
  if (rows.every((row) => row.id === id))
    throw new ScimError(409, undefined, 'The workspace would have no administrator.')
}

type Changeable = { readonly name: string; readonly email: string; readonly status: string }

function entriesOf(before: Standing, after: Changeable): Entry[] {
  const subject = { subjectType: 'platform.member', subjectId: before.id } as const
  const entries: Entry[] = []
  if (before.status !== after.status)
    entries.push({
      ...subject,
      action: after.status === 'active' ? 'member.reactivated' : 'member.deactivated',
    })
  const was = { name: before.memberName, email: before.memberEmail }
  const changed = (['name', 'email'] as const).filter((name) => was[name] !== after[name])
  const part = (values: typeof was) => Object.fromEntries(changed.map((name) => [name, values[name]]))
  if (changed.length > 0)
    entries.push({ ...subject, action: 'member.changed', before: part(was), after: part(after) })
  return entries
}
