import { createHmac, randomInt } from 'node:crypto'
import type { Vault } from '../crypto/index.ts'
import { newId, type Attempts, type Database, type Origin } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { Enrolling, MemberProfile, SecondFactors } from '../identity/index.ts'
import { maskAddress, type Mail } from '../mail/index.ts'
import type { Tenant } from '../tenancy/index.ts'

/** Minutes a code is good for. */
export const MAIL_CODE_MINUTES = 10
/** Wrong codes after which the one that was sent is void. */
const MOST_TRIES = 5
const CODE = /^\d{6}$/

/** Letters one member can be sent, however many browsers ask. */
const LETTERS = [
  { max: 5, seconds: 900 },
  { max: 20, seconds: 86_400 },
] as const

/** What a code is good for: to become a factor, or to be given as one. */
export type MailCodePurpose = 'add' | 'verify'

/** Whose code it is, and the one session it is good in: whoever reads it out to somebody else has told them nothing. */
export interface MailCodeOwner {
  readonly tenantId: string
  readonly memberId: string
  readonly sessionId: string
}

interface MailCodesNeeds {
  readonly database: Database
  readonly vault: Vault
  readonly mail: Mail
  readonly attempts: Attempts
  readonly secondFactors: SecondFactors
}

/** Six digits by mail, as a second factor: ten minutes, once, and only where they were asked for. A new one ends the one before. */
export class MailCodes {
  readonly #needs: MailCodesNeeds

  constructor({ database, vault, mail, attempts, secondFactors }: MailCodesNeeds) {
    this.#needs = { database, vault, mail, attempts, secondFactors }
  }

  /**
   * Sends a new code to the address of the member.
   *
   * @returns the address, masked
   * @throws Failure `too_many_attempts`
   */
  async send(
    tenant: Tenant,
    { member, sessionId }: { readonly member: MemberProfile; readonly sessionId: string },
    purpose: MailCodePurpose,
  ): Promise<string> {
    const { database, mail, attempts } = this.#needs
    for (const limit of LETTERS) {
      const seconds = await attempts.take(tenant.id, `mail codes ${limit.seconds} ${member.id}`, limit)
      if (seconds > 0) throw new Failure('too_many_attempts', { extensions: { retryAfter: seconds } })
    }
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    const digest = this.#digest({ tenantId: tenant.id, memberId: member.id, sessionId }, purpose, code)
    await database.transaction({ tenantId: tenant.id }, async (transaction) => {
      await transaction.run({
        text: `INSERT INTO plinth.mail_code (tenant_id, member_id, purpose, digest, ends_at)
          VALUES ($1, $2, $3, $4, now() + make_interval(mins => $5))
          ON CONFLICT (tenant_id, member_id, purpose) DO UPDATE SET digest = excluded.digest, tries = 0, ends_at = excluded.ends_at`,
        values: [tenant.id, member.id, purpose, digest, MAIL_CODE_MINUTES],
      })
      transaction.later(
        mail.queue(tenant.id, {
          to: member.email,
          locale: member.locale ?? tenant.locale,
          template: 'sign-in-code',
          values: { workspace: tenant.name, code, minutes: MAIL_CODE_MINUTES },
        }),
      )
    })
    await mail.wake(tenant.id)
    return maskAddress(member.email)
  }

  /** Whether this is the code that was sent last, in time, for this session. It is used up then; too many wrong ones use it up as well. */
  async use(owner: MailCodeOwner, purpose: MailCodePurpose, code: string): Promise<boolean> {
    if (!CODE.test(code)) return false
    const { tenantId, memberId } = owner
    // One statement, so that of two who come with one code at once, one gets it.
    const used = await this.#needs.database.query(
      { tenantId },
      {
        text: `WITH wrong AS (UPDATE plinth.mail_code SET tries = tries + 1
            WHERE tenant_id = $1 AND member_id = $2 AND purpose = $3 AND digest <> $4),
          good AS (DELETE FROM plinth.mail_code WHERE tenant_id = $1 AND member_id = $2 AND purpose = $3 AND digest = $4
            AND tries < $5 AND ends_at > now() RETURNING purpose),
          noted AS (UPDATE plinth.second_factor SET used_at = now()
            WHERE tenant_id = $1 AND member_id = $2 AND kind = 'email' AND EXISTS (SELECT FROM good))
          SELECT purpose FROM good`,
        values: [tenantId, memberId, purpose, this.#digest(owner, purpose, code), MOST_TRIES],
      },
    )
    return used.length > 0
  }

  /**
   * Makes codes by mail one of the member's factors: they have shown that they get them.
   *
   * @param isEnough whether no other is owed with it
   * @returns backup codes, when there were none
   * @throws Failure `code_wrong` | `not_found` when they are one already
   */
  async add(
    owner: MailCodeOwner & Enrolling,
    { code, address }: { readonly code: string; readonly address: string },
    origin: Origin,
    isEnough: boolean,
  ): Promise<readonly string[]> {
    if (!(await this.use(owner, 'add', code))) throw new Failure('code_wrong')
    const id = newId()
    return this.#needs.secondFactors.add(
      owner,
      {
        text: `INSERT INTO plinth.second_factor (tenant_id, id, member_id, kind, name, confirmed_at) VALUES ($1, $2, $3, 'email', $4, now())
          ON CONFLICT (tenant_id, member_id) WHERE kind = 'email' DO NOTHING RETURNING kind, name`,
        values: [owner.tenantId, id, owner.memberId, maskAddress(address)],
      },
      id,
      origin,
      { isEnough },
    )
  }

  #digest({ tenantId, memberId, sessionId }: MailCodeOwner, purpose: MailCodePurpose, code: string): Buffer {
    return createHmac('sha256', this.#needs.vault.key('mail code'))
      .update([tenantId, memberId, sessionId, purpose, code].join('\n'))
      .digest()
  }
}
