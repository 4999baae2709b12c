import type { Config } from '../config/index.ts'
import { newId, storeEntry, type Bus, type Database, type Origin } from '../data/index.ts'
import { admitMember, lockMembers } from '../entitlements/index.ts'
import { Failure } from '../errors.ts'
import { addressKey, hashPassword, type MemberProfile } from '../identity/index.ts'
import { maskAddress, type Mail } from '../mail/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Credentials } from './credentials.ts'
import { linkTo, newToken, tokenDigest } from './link-token.ts'
import { withCommonRole } from './role-giving.ts'

export const INVITATION_DAYS = 7

interface InvitationNeeds {
  readonly config: Config
  readonly database: Database
  readonly bus: Bus
  readonly mail: Mail
  readonly credentials: Credentials
}

export interface NewInvitation {
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  readonly locale: string | null
}

export interface Invitation extends NewInvitation {
  readonly id: string
  readonly createdAt: string
  readonly sentAt: string
  readonly expiresAt: string
}

/** An invitation as its link leads to it. */
export interface OpenInvitation extends Invitation {
  /** The member whose rights it rests on; null where an operator has written it. */
  readonly madeBy: string | null
}

/** An invitation that has just been written. Where there is no mail, whoever invites passes the link on. */
export interface WrittenInvitation {
  readonly invitation: Invitation
  readonly link?: string
}

const COLUMNS =
  'id, email, name, roles, locale, created_at AS "createdAt", sent_at AS "sentAt", expires_at AS "expiresAt"'

/** People who are to become members: each gets a link that works once, for a week. */
export class Invitations {
  readonly #needs: InvitationNeeds

  constructor({ config, database, bus, mail, credentials }: InvitationNeeds) {
    this.#needs = { config, database, bus, mail, credentials }
  }

  /**
   * Invites someone. An earlier invitation to the same address is no longer good.
   *
   * @param madeBy the member whose rights it rests on
   * @throws Failure `unique_violated` when there is a member with this address | `limit_exceeded`
   */
  async invite(
    tenant: Tenant,
    invitation: NewInvitation,
    origin: Origin,
    madeBy: string | null,
  ): Promise<WrittenInvitation> {
    const email = addressKey(invitation.email)
    const token = newToken()
    const id = newId()
    const [stored] = await this.#needs.database.transaction({ tenantId: tenant.id }, async (transaction) => {
      await admitMember(transaction, tenant.id, email)
      const rows = await transaction.run<Invitation>({
        text: `INSERT INTO plinth.invitation AS i (tenant_id, id, email, name, roles, locale, token_hash, created_by, expires_at)
          SELECT $1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(days => ${INVITATION_DAYS})
          WHERE NOT EXISTS (SELECT FROM plinth.member m WHERE m.tenant_id = $1 AND m.email = $3)
          ON CONFLICT (tenant_id, email) DO UPDATE SET id = excluded.id, name = excluded.name, roles = excluded.roles, locale = excluded.locale,
            token_hash = excluded.token_hash, created_by = excluded.created_by, created_at = now(), sent_at = now(), expires_at = excluded.expires_at
          RETURNING ${COLUMNS}`,
        values: [
          tenant.id,
          id,
          email,
          invitation.name,
          withCommonRole(invitation.roles),
          invitation.locale,
          tokenDigest(token),
          madeBy,
        ],
      })
      if (!rows[0]) throw taken()
      transaction.later(
        storeEntry(tenant.id, origin, {
          action: 'member.invited',
          subjectType: 'platform.invitation',
          subjectId: id,
          after: { email: maskAddress(email), roles: rows[0].roles },
        }),
      )
      this.#write(transaction, tenant, rows[0], token, origin)
      return rows
    })
    return this.#written(tenant, stored!, token)
  }

  /** All that nobody has accepted yet, those that have run out too. */
  async list(tenantId: string): Promise<Invitation[]> {
    return this.#needs.database.query<Invitation & Record<string, unknown>>(
      { tenantId },
      {
        text: `SELECT ${COLUMNS} FROM plinth.invitation WHERE tenant_id = $1 ORDER BY created_at DESC, id LIMIT 500`,
        values: [tenantId],
      },
    )
  }

  /** Gives an invitation another link and another week; the former link is no longer good. @throws Failure `not_found` | `limit_exceeded` */
  async resend(tenant: Tenant, id: string, origin: Origin): Promise<WrittenInvitation> {
    const token = newToken()
    const stored = await this.#needs.database.transaction({ tenantId: tenant.id }, async (transaction) => {
      const [open] = await transaction.run<Pick<Invitation, 'email'>>({
        text: 'SELECT email FROM plinth.invitation WHERE tenant_id = $1 AND id = $2::uuid',
        values: [tenant.id, id],
      })
      // One that has run out has given its place up.
      if (open) await admitMember(transaction, tenant.id, open.email)
      const [row] = await transaction.run<Invitation>({
        text: `UPDATE plinth.invitation SET token_hash = $3, sent_at = now(), expires_at = now() + make_interval(days => ${INVITATION_DAYS})
          WHERE tenant_id = $1 AND id = $2::uuid RETURNING ${COLUMNS}`,
        values: [tenant.id, id, tokenDigest(token)],
      })
      if (!row) throw new Failure('not_found')
      transaction.later(
        storeEntry(tenant.id, origin, {
          action: 'invitation.resent',
          subjectType: 'platform.invitation',
          subjectId: id,
        }),
      )
      this.#write(transaction, tenant, row, token, origin)
      return row
    })
    return this.#written(tenant, stored, token)
  }

  /** @throws Failure `not_found` */
  async withdraw(tenantId: string, id: string, origin: Origin): Promise<void> {
    await this.#needs.database.transaction({ tenantId }, async (transaction) => {
      const rows = await transaction.run({
        text: 'DELETE FROM plinth.invitation WHERE tenant_id = $1 AND id = $2::uuid RETURNING id',
        values: [tenantId, id],
      })
      if (rows.length === 0) throw new Failure('not_found')
      transaction.later(
        storeEntry(tenantId, origin, {
          action: 'invitation.withdrawn',
          subjectType: 'platform.invitation',
          subjectId: id,
        }),
      )
    })
  }

  /** What the link leads to. @throws Failure `link_invalid` */
  async look(tenantId: string, token: string): Promise<OpenInvitation> {
    const [row] = await this.#needs.database.query<OpenInvitation & Record<string, unknown>>(
      { tenantId },
      {
        text: `SELECT ${COLUMNS}, created_by AS "madeBy" FROM plinth.invitation WHERE tenant_id = $1 AND token_hash = $2 AND expires_at > now()`,
        values: [tenantId, tokenDigest(token)],
      },
    )
    if (!row) throw new Failure('link_invalid')
    return row
  }

  /**
   * Makes the one who was invited a member.
   *
   * @param email where the invitation went
   * @throws Failure `link_invalid` | `validation_failed` for a password the policy does not take | `unique_violated`
   */
  async accept(
    tenant: Tenant,
    { token, email, name, password }: Record<'token' | 'email' | 'name' | 'password', string>,
    visitor: Origin,
  ): Promise<MemberProfile> {
    const { bus, credentials, database } = this.#needs
    await credentials.check(tenant, password, { name, email })
    const passwordHash = await hashPassword(password)
    const id = newId()
    const member = await database.transaction({ tenantId: tenant.id }, async (transaction) => {
      // Whoever counts meanwhile finds an invitation or a member, and never neither.
      lockMembers(transaction, tenant.id)
      // Whoever is second finds nothing any more.
      const [taken_] = await transaction.run<Invitation>({
        text: `DELETE FROM plinth.invitation WHERE tenant_id = $1 AND token_hash = $2 AND expires_at > clock_timestamp() RETURNING ${COLUMNS}`,
        values: [tenant.id, tokenDigest(token)],
      })
      if (!taken_) throw new Failure('link_invalid')
      const rows = await transaction.run<MemberProfile & Record<string, unknown>>({
        text: `INSERT INTO plinth.member (tenant_id, id, email, name, password_hash, roles, locale) VALUES ($1, $2, $3, $4, $5, $6, $7)
          ON CONFLICT (tenant_id, email) DO NOTHING RETURNING id, name, email, locale`,
        values: [tenant.id, id, taken_.email, name, passwordHash, taken_.roles, taken_.locale],
      })
      if (!rows[0]) throw taken()
      transaction.later(
        storeEntry(
          tenant.id,
          { ...visitor, actor: { kind: 'member', id, name } },
          {
            action: 'member.joined',
            subjectType: 'platform.member',
            subjectId: id,
            after: { name, roles: taken_.roles, invitation: taken_.id },
          },
        ),
      )
      return rows[0]
    })
    await bus.publish({ topic: 'identity', tenantId: tenant.id })
    return member
  }

  #write(
    transaction: { later(statement: ReturnType<Mail['queue']>): void },
    tenant: Tenant,
    { email, locale }: Invitation,
    token: string,
    { actor }: Origin,
  ): void {
    const { mail, config } = this.#needs
    if (!mail.isOffered) return
    transaction.later(
      mail.queue(tenant.id, {
        to: email,
        locale: locale ?? tenant.locale,
        template: 'invitation',
        values: {
          workspace: tenant.name,
          inviter: actor.kind === 'member' ? actor.name : null,
          url: linkOf(config, tenant, token),
          days: INVITATION_DAYS,
        },
      }),
    )
  }

  async #written(tenant: Tenant, invitation: Invitation, token: string): Promise<WrittenInvitation> {
    const { mail, config } = this.#needs
    if (!mail.isOffered) return { invitation, link: linkOf(config, tenant, token) }
    await mail.wake(tenant.id)
    return { invitation }
  }
}

function linkOf(config: Config, tenant: Tenant, token: string): string {
  return linkTo(config, tenant, '/invitation', token)
}

function taken(): Failure {
  return new Failure('unique_violated', {
    errors: [{ pointer: '/email', code: 'unique', detail: 'There is a member with this address.' }],
  })
}
