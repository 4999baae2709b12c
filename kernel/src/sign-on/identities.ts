import type { MemberIdentityDocument } from '@plinth/sdk'
import { storeEntry, type Bus, type Database, type Origin } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { Owner } from '../identity/index.ts'

interface IdentityRow {
  readonly provider: MemberIdentityDocument['provider']
  readonly subject: string
  readonly created_at: Date
  readonly last_sign_in_at: Date
}

/** As whom providers know a member. */
export async function identitiesOf(
  database: Database,
  { tenantId, memberId }: Owner,
): Promise<MemberIdentityDocument[]> {
  const rows = await database.query<IdentityRow & Record<string, unknown>>(
    { tenantId },
    {
      text: `SELECT json_build_object('id', p.id, 'label', p.name) AS provider, i.subject, i.created_at, i.last_sign_in_at
        FROM plinth.sign_on_identity i JOIN plinth.sign_on_provider p ON p.tenant_id = i.tenant_id AND p.id = i.provider_id
        WHERE i.tenant_id = $1 AND i.member_id = $2::uuid ORDER BY p.id, i.created_at, i.subject`,
      values: [tenantId, memberId],
    },
  )
  return rows.map(({ provider, subject, created_at: created, last_sign_in_at: last }) => ({
    provider,
    subject,
    createdAt: new Date(created).toISOString(),
    lastSignInAt: new Date(last).toISOString(),
  }))
}

/**
 * Has a provider know a member no more, so that the next one who comes from there with their address is joined with them. What they have
 * opened by it ends.
 *
 * @param provider id
 * @throws Failure `not_found` where it does not know them
 */
export async function unlinkIdentities(
  { database, bus }: { readonly database: Database; readonly bus: Bus },
  { tenantId, memberId }: Owner,
  provider: string,
  origin: Origin,
): Promise<void> {
  await database.transaction({ tenantId }, async (transaction) => {
    const gone = await transaction.run<{ subject: string }>({
      text: 'DELETE FROM plinth.sign_on_identity WHERE tenant_id = $1 AND member_id = $2::uuid AND provider_id = $3::uuid RETURNING subject',
      values: [tenantId, memberId, provider],
    })
    if (gone.length === 0) throw new Failure('not_found')
    transaction.later({
      text: 'DELETE FROM plinth.session WHERE tenant_id = $1 AND member_id = $2::uuid AND provider = $3::uuid',
      values: [tenantId, memberId, provider],
    })
    transaction.later(
      storeEntry(tenantId, origin, {
        action: 'identity.removed',
        subjectType: 'platform.member',
        subjectId: memberId,
        before: { provider, subjects: gone.map(({ subject }) => subject).toSorted() },
      }),
    )
  })
  await bus.publish({ topic: 'identity', tenantId })
}
