import type { Config } from '../config/index.ts'
import { newId, storeEntry, type Database, type Origin } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { MemberProfile } from '../identity/index.ts'
import type { Mail } from '../mail/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { linkTo, newToken, tokenDigest } from './link-token.ts'
import { refusePublished, type PublishedAccounts } from './published-accounts.ts'

/** Hours such a link is good for: it has to be passed on. */
export const PASSWORD_LINK_HOURS = 24

interface PasswordLinkNeeds {
  readonly config: Config
  readonly database: Database
  readonly mail: Mail
  readonly demo: PublishedAccounts
}

/** A link that has just been made. Where there is no mail, whoever makes it passes it on. */
export interface MadeLink {
  readonly expiresAt: string
  readonly link?: string
}

/** Links to another password that those who manage members make for one who cannot get in. */
export class PasswordLinks {
  readonly #needs: PasswordLinkNeeds

  constructor({ config, database, mail, demo }: PasswordLinkNeeds) {
    this.#needs = { config, database, mail, demo }
  }

  /**
   * Makes a link to another password. Where there is mail it goes to the member alone, so that nobody can use it in their place. One that
   * was made before is no longer good.
   *
   * @param madeBy the member whose rights it rests on
   * @throws Failure `action_refused` for who has no password here, and must not get around their provider | `demo_account`
   */
  async make(
    tenant: Tenant,
    member: MemberProfile,
    madeBy: MemberProfile,
    origin: Origin,
  ): Promise<MadeLink> {
    const { config, database, mail, demo } = this.#needs
    refusePublished(demo, tenant, member.email)
    const token = newToken()
    const url = linkTo(config, tenant, '/reset', token)
    const expiresAt = await database.transaction({ tenantId: tenant.id }, async (transaction) => {
      await transaction.run({
        text: 'DELETE FROM plinth.account_link WHERE tenant_id = $1 AND (member_id = $2 AND made_by IS NOT NULL OR expires_at < now())',
        values: [tenant.id, member.id],
      })
      const [made] = await transaction.run<{ ends: Date }>({
        text: `INSERT INTO plinth.account_link (tenant_id, id, member_id, purpose, token_hash, made_by, expires_at)
          SELECT $1, $2, m.id, 'reset', $4, $5, now() + make_interval(hours => ${PASSWORD_LINK_HOURS}) FROM plinth.member m
          WHERE m.tenant_id = $1 AND m.id = $3 AND m.status = 'active' AND m.password_hash IS NOT NULL RETURNING expires_at AS ends`,
        values: [tenant.id, newId(), member.id, tokenDigest(token), madeBy.id],
      })
      if (!made) throw new Failure('action_refused', { detail: 'The member has no password here.' })
      transaction.later(
        storeEntry(tenant.id, origin, {
          action: 'passwordLink.made',
          subjectType: 'platform.member',
          subjectId: member.id,
          after: { byMail: mail.isOffered },
        }),
      )
      if (mail.isOffered)
        transaction.later(
          mail.queue(tenant.id, {
            to: member.email,
            locale: member.locale ?? tenant.locale,
            template: 'password-link',
            values: { workspace: tenant.name, maker: madeBy.name, url, hours: PASSWORD_LINK_HOURS },
          }),
        )
      return new Date(made.ends).toISOString()
    })
    if (!mail.isOffered) return { expiresAt, link: url }
    await mail.wake(tenant.id)
    return { expiresAt }
  }
}
