import type { Database, Statement } from '../data/index.ts'
import type { Owner } from '../identity/index.ts'
import { profileTraits } from './profiles.ts'
import type { Provider } from './provider.ts'

/** How a member without a second factor can prove once more who they are. */
export interface FirstProofs {
  readonly hasPassword: boolean
  /** Ids of the providers that know them. */
  readonly providers: readonly string[]
}

/** Whether a provider asks anew when it is told to, and says when it did. */
export function asksAnew(provider: Provider): boolean {
  return provider.kind === 'saml' || profileTraits[provider.settings.profile].asksOnce !== true
}

export async function firstProofs(database: Database, { tenantId, memberId }: Owner): Promise<FirstProofs> {
  const [row] = await database.query<FirstProofs & Record<string, unknown>>(
    { tenantId },
    {
      text: `SELECT m.password_hash IS NOT NULL AS "hasPassword", ARRAY(SELECT i.provider_id::text FROM plinth.sign_on_identity i
          WHERE i.tenant_id = m.tenant_id AND i.member_id = m.id ORDER BY i.last_sign_in_at DESC) AS providers
        FROM plinth.member m WHERE m.tenant_id = $1 AND m.id = $2`,
      values: [tenantId, memberId],
    },
  )
  return row ?? { hasPassword: false, providers: [] }
}

/** Whether it is this member of whom a provider speaks. Answers one row if so. */
export function findIdentity({ tenantId, memberId }: Owner, provider: Provider, subject: string): Statement {
  return {
    text: `SELECT FROM plinth.sign_on_identity WHERE tenant_id = $1 AND provider_id = $2::uuid AND subject = $3 AND member_id = $4`,
    values: [tenantId, provider.id, subject, memberId],
  }
}
