import {
  newId,
  storeEntry,
  type Attempts,
  type Bus,
  type Database,
  type Origin,
  type Statement,
} from '../data/index.ts'
import { Failure } from '../errors.ts'
import {
  failuresOf,
  hashPassword,
  NEVER_TOO_MANY,
  passwordFaults,
  passwordLength,
  shortestPassword,
  verifyPassword,
  type MemberProfile,
  type Members,
  type OutdatedPassword,
  type PasswordPolicy,
  type Permit,
  type Policies,
  type Proof,
  type ProvenMember,
} from '../identity/index.ts'
import type { Mail } from '../mail/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { admitPassword, attemptsAt, passwordWasRight } from './password-attempts.ts'
import { isPublished, refusePublished, type PublishedAccounts } from './published-accounts.ts'

const DAY_MS = 86_400_000

interface CredentialsNeeds {
  readonly database: Database
  readonly bus: Bus
  readonly attempts: Attempts
  readonly members: Members
  readonly policies: Policies
  readonly mail: Mail
  readonly demo: PublishedAccounts
}

/** Someone whose password is to become another. */
interface Owner {
  readonly name: string
  readonly email: string
  readonly locale: string | null
  readonly hash: string | null
  readonly former: readonly string[]
  readonly hasSecondFactor: boolean
}

interface PasswordProof {
  readonly email: string
  readonly password: string
  readonly device?: string | undefined
}

export interface PasswordChange {
  readonly memberId: string
  readonly password: string
  /** What the entry calls it. */
  readonly action: 'password.changed' | 'password.reset' | 'password.renewed'
  /** Id of the session that goes on; all others of the member end. */
  readonly keepSession?: string | undefined
  /** Member of the body the new password stands in. */
  readonly pointer?: string
  /** Run with the change, and answers a row where it may happen: a link that is used up by it. */
  readonly permit?: Statement
  /** Who has let them have another, where it was not they themselves. */
  readonly madeBy?: string | null
}

/** Passwords of members: proving that one knows one's own, and having another. */
export class Credentials {
  readonly #needs: CredentialsNeeds

  constructor({ database, bus, attempts, members, policies, mail, demo }: CredentialsNeeds) {
    this.#needs = { database, bus, attempts, members, policies, mail, demo }
  }

  /**
   * The member with this address and password. Whether there is such a member, whether the password was wrong, and whether they are still
   * with us cannot be told apart, neither by answer nor by time; being locked out comes to addresses that nobody has as well.
   *
   * A password that is no longer good is one all the same: replacing it comes after the second factor.
   *
   * @param device on which the member has signed in before: attempts on it are counted by themselves, so that strangers who guess do not
   * lock its owner out
   * @throws Failure `credentials_wrong` | `too_many_attempts`
   */
  async prove(
    tenant: Tenant,
    { email, password, device }: PasswordProof,
    visitor: Origin,
  ): Promise<Pick<Proof, 'member' | 'permit' | 'outdated'>> {
    const { members, policies } = this.#needs
    const policy = await policies.of(tenant.id)
    const account = attemptsAt(email, device)
    await admitPassword(this.#needs, tenant.id, account, visitor)
    const proven = await members.authenticate(tenant.id, email, password)
    if (!proven) {
      if (policy.adaptive.mode !== 'off')
        await this.#needs.attempts.take(tenant.id, failuresOf(email), NEVER_TOO_MANY)
      throw new Failure('credentials_wrong')
    }
    const reason = isPublished(this.#needs.demo, tenant, email)
      ? undefined
      : whyNoLonger(proven, password, policy.password)
    await passwordWasRight(this.#needs, tenant.id, account, visitor)
    return { member: proven.member, permit: permitOf(proven), ...(reason ? { outdated: { reason } } : {}) }
  }

  /**
   * Whether the member knows their own password, for those who are signed in. As many attempts as to sign in, counted by themselves.
   *
   * @throws Failure `too_many_attempts`
   */
  async knows(
    tenant: Tenant,
    { id, email }: MemberProfile,
    password: string,
    origin: Origin,
  ): Promise<boolean> {
    const account = `own password ${id}`
    await admitPassword(this.#needs, tenant.id, account, origin)
    const proven = await this.#needs.members.authenticate(tenant.id, email, password)
    if (proven) await passwordWasRight(this.#needs, tenant.id, account, origin)
    return proven !== undefined
  }

  /** Characters the member's next password needs. */
  async shortest(tenantId: string, memberId: string): Promise<number> {
    const { hasSecondFactor } = await this.#owner(tenantId, memberId, 0)
    return shortestPassword((await this.#needs.policies.of(tenantId)).password, hasSecondFactor)
  }

  /** Refuses passwords that the policy does not take. @throws Failure `validation_failed` */
  async check(
    tenant: Tenant,
    password: string,
    owner: Pick<Owner, 'name' | 'email'> & Partial<Pick<Owner, 'hasSecondFactor'>>,
    pointer = '/password',
  ): Promise<void> {
    const { password: general } = await this.#needs.policies.of(tenant.id)
    const policy = { ...general, minLength: shortestPassword(general, owner.hasSecondFactor ?? false) }
    const known = [owner.name, owner.email, owner.email.split('@')[0]!, tenant.name, tenant.slug]
    const errors = await passwordFaults(password, policy, known, pointer)
    if (errors.length > 0) throw new Failure('validation_failed', { errors })
  }

  /**
   * Gives a member another password. Their sessions end, and they are told by mail.
   *
   * @throws Failure `validation_failed` | `not_found` when there is no such active member | `demo_account` | `link_invalid` without a permit
   */
  async set(tenant: Tenant, change: PasswordChange, origin: Origin): Promise<void> {
    const { database, bus, mail, policies, attempts, demo } = this.#needs
    const { memberId, password, action, keepSession, pointer = '/password', permit } = change
    const policy = (await policies.of(tenant.id)).password
    const { history } = policy
    const owner = await this.#owner(tenant.id, memberId, history)
    refusePublished(demo, tenant, owner.email)
    await this.check(tenant, password, owner, pointer)
    for (const hash of history > 0 ? [owner.hash, ...owner.former] : [])
      if (hash !== null && (await verifyPassword(hash, password)))
        throw new Failure('validation_failed', {
          errors: [{ pointer, code: 'passwordReused', detail: 'This one was in use before.' }],
        })
    const hash = await hashPassword(password)
    await database.transaction({ tenantId: tenant.id }, async (transaction) => {
      if (permit && (await transaction.run(permit)).length === 0) throw new Failure('link_invalid')
      transaction.later({
        text: `UPDATE plinth.member SET password_hash = $3, password_changed_at = now(), password_short = $4 WHERE tenant_id = $1 AND id = $2`,
        values: [tenant.id, memberId, hash, passwordLength(password) < policy.minLength],
      })
      transaction.later({
        text: 'DELETE FROM plinth.account_link WHERE tenant_id = $1 AND member_id = $2',
        values: [tenant.id, memberId],
      })
      if (owner.hash !== null && history > 1)
        transaction.later({
          text: 'INSERT INTO plinth.former_password (tenant_id, member_id, id, hash) VALUES ($1, $2, $3, $4)',
          values: [tenant.id, memberId, newId(), owner.hash],
        })
      transaction.later({
        text: `DELETE FROM plinth.former_password WHERE tenant_id = $1 AND member_id = $2 AND id NOT IN
          (SELECT id FROM plinth.former_password WHERE tenant_id = $1 AND member_id = $2 ORDER BY id DESC LIMIT $3)`,
        values: [tenant.id, memberId, Math.max(history - 1, 0)],
      })
      transaction.later({
        text: 'DELETE FROM plinth.session WHERE tenant_id = $1 AND member_id = $2 AND id IS DISTINCT FROM $3::uuid',
        values: [tenant.id, memberId, keepSession ?? null],
      })
      // Whoever knew the password may have signed in with it.
      transaction.later({
        text: `DELETE FROM plinth.sign_in_trait WHERE tenant_id = $1 AND member_id = $2 AND kind = 'device'`,
        values: [tenant.id, memberId],
      })
      transaction.later(
        storeEntry(tenant.id, origin, {
          action,
          subjectType: 'platform.member',
          subjectId: memberId,
          ...(change.madeBy ? { after: { linkMadeBy: change.madeBy } } : {}),
        }),
      )
      if (mail.isOffered)
        transaction.later(
          mail.queue(tenant.id, {
            to: owner.email,
            locale: owner.locale ?? tenant.locale,
            template: 'password-changed',
            values: { workspace: tenant.name },
          }),
        )
    })
    await attempts.clear(tenant.id, attemptsAt(owner.email))
    await bus.publish({ topic: 'identity', tenantId: tenant.id })
    if (mail.isOffered) await mail.wake(tenant.id)
  }

  async #owner(tenantId: string, memberId: string, history: number): Promise<Owner> {
    const [row] = await this.#needs.database.query<Owner & Record<string, unknown>>(
      { tenantId },
      {
        text: `SELECT m.name, m.email, m.locale, m.password_hash AS hash, ARRAY(SELECT f.hash FROM plinth.former_password f
            WHERE f.tenant_id = m.tenant_id AND f.member_id = m.id ORDER BY f.id DESC LIMIT $3) AS former,
            EXISTS (SELECT FROM plinth.second_factor s WHERE s.tenant_id = m.tenant_id AND s.member_id = m.id AND s.confirmed_at IS NOT NULL AND s.kind <> 'email')
              AS "hasSecondFactor"
          FROM plinth.member m WHERE m.tenant_id = $1 AND m.id = $2::uuid AND m.status = 'active'`,
        values: [tenantId, memberId, Math.max(history - 1, 0)],
      },
    )
    if (!row) throw new Failure('not_found')
    return row
  }
}

/** Why a password that is right is no longer good: it is too old, or was chosen beside a second factor that has gone. */
function whyNoLonger(
  { passwordChangedAt, hasLostFactor }: ProvenMember,
  password: string,
  { maxAgeDays, minLength }: PasswordPolicy,
): OutdatedPassword['reason'] | undefined {
  if (maxAgeDays > 0 && passwordChangedAt.getTime() + maxAgeDays * DAY_MS <= Date.now()) return 'age'
  return hasLostFactor && passwordLength(password) < minLength ? 'short' : undefined
}

function permitOf({ stillGood }: ProvenMember): Permit {
  return { statement: stillGood, refusal: 'credentials_wrong' }
}
