import type { Logger } from 'pino'
import type { Config } from '../config/index.ts'
import {
  newId,
  storeEntry,
  type Attempts,
  type Database,
  type Origin,
  type Statement,
} from '../data/index.ts'
import { Failure } from '../errors.ts'
import { addressKey, placeOf, type MemberProfile, type Policies, type Proof } from '../identity/index.ts'
import type { Mail } from '../mail/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { linkTo, newToken, tokenDigest } from './link-token.ts'
import { refusePublished, type PublishedAccounts } from './published-accounts.ts'

/** What links in mail to members are for. */
export type LinkPurpose = keyof typeof LINKS

/** Each with the minutes it is good for. */
export const LINKS = {
  reset: {
    minutes: 30,
    page: '/reset',
    template: 'password-reset',
    action: 'passwordReset.requested',
  },
  signIn: {
    minutes: 15,
    page: '/sign-in-link',
    template: 'sign-in-link',
    action: 'signInLink.requested',
  },
} as const

/** Letters that one address gets, and that are asked for from one place. */
const FOR_ONE = { max: 5, seconds: 900 }
const FROM_ONE = { max: 50, seconds: 900 }

interface AccountLinkNeeds {
  readonly config: Config
  readonly database: Database
  readonly attempts: Attempts
  readonly policies: Policies
  readonly mail: Mail
  readonly demo: PublishedAccounts
  readonly log: Logger
}

/** Links that members get by mail, each of which works once: to another password, and to signing in. */
export class AccountLinks {
  readonly #needs: AccountLinkNeeds
  readonly #sending = new Set<Promise<void>>()

  constructor({ config, database, attempts, policies, mail, demo, log }: AccountLinkNeeds) {
    this.#needs = { config, database, attempts, policies, mail, demo, log }
  }

  async isOffered(tenantId: string, purpose: LinkPurpose): Promise<boolean> {
    const { mail, policies } = this.#needs
    return mail.isOffered && (purpose === 'reset' || (await policies.of(tenantId)).signIn.links)
  }

  /**
   * Sends a link to the member with this address, if there is one who has a password here. That is found out after the answer has left, so
   * that neither it nor its time tell.
   *
   * @returns what the browser keeps that asks; a link for signing in opens nothing elsewhere
   * @throws Failure `not_found` where such links are not offered | `too_many_attempts` | `demo_account`
   */
  async ask(tenant: Tenant, purpose: LinkPurpose, email: string, visitor: Origin): Promise<string> {
    if (!(await this.isOffered(tenant.id, purpose))) throw new Failure('not_found')
    refusePublished(this.#needs.demo, tenant, email)
    await this.#admit(tenant.id, purpose, email, visitor)
    const browser = newToken()
    const sending = this.#send(tenant, purpose, email, browser, visitor)
      .catch((error: unknown) =>
        this.#needs.log.error({ tenantId: tenant.id, err: error }, 'a link was not sent'),
      )
      .finally(() => this.#sending.delete(sending))
    this.#sending.add(sending)
    return browser
  }

  /** Whose password a link replaces, and who has made it for them. Looking does not use it up: mail servers look, too. @throws Failure `link_invalid` */
  async look(tenantId: string, token: string): Promise<MemberProfile & { readonly madeBy: string | null }> {
    const [row] = await this.#needs.database.query<
      MemberProfile & { madeBy: string | null } & Record<string, unknown>
    >(
      { tenantId },
      {
        text: `SELECT m.id, m.name, m.email, m.locale, l.made_by AS "madeBy" FROM plinth.account_link l
          JOIN plinth.member m ON m.tenant_id = l.tenant_id AND m.id = l.member_id AND m.status = 'active'
          WHERE l.tenant_id = $1 AND l.token_hash = $2 AND l.purpose = 'reset' AND l.expires_at > now()`,
        values: [tenantId, tokenDigest(token)],
      },
    )
    if (!row) throw new Failure('link_invalid')
    return row
  }

  /** Uses up a link; to be run with what it is for. The statement is the judge: it answers no row when somebody was faster. */
  static use(tenantId: string, token: string, purpose: LinkPurpose): Statement {
    return {
      text: `DELETE FROM plinth.account_link l USING plinth.member m
        WHERE l.tenant_id = $1 AND l.token_hash = $2 AND l.purpose = $3 AND l.expires_at > now()
          AND m.tenant_id = l.tenant_id AND m.id = l.member_id AND m.status = 'active' RETURNING l.id`,
      values: [tenantId, tokenDigest(token), purpose],
    }
  }

  /**
   * Who signs in with a link. It is used up with the opening of the session, so that it stays good where that does not come about.
   *
   * @param browser what `ask` answered, as the browser has kept it
   * @throws Failure `link_elsewhere` in another browser than the one that asked; the link stays good | `link_invalid`
   */
  async open(
    tenantId: string,
    token: string,
    browser: string | undefined,
  ): Promise<Pick<Proof, 'member' | 'permit'>> {
    if (!(await this.isOffered(tenantId, 'signIn'))) throw new Failure('link_invalid')
    const { database } = this.#needs
    const [member] = await database.query<MemberProfile & Record<string, unknown>>(
      { tenantId },
      {
        text: `SELECT m.id, m.name, m.email, m.locale FROM plinth.account_link l
          JOIN plinth.member m ON m.tenant_id = l.tenant_id AND m.id = l.member_id AND m.status = 'active' AND m.password_hash IS NOT NULL
          WHERE l.tenant_id = $1 AND l.token_hash = $2 AND l.browser_hash = $3 AND l.purpose = 'signIn' AND l.expires_at > now()`,
        values: [tenantId, tokenDigest(token), tokenDigest(browser ?? '')],
      },
    )
    if (member)
      return {
        member,
        permit: { statement: AccountLinks.use(tenantId, token, 'signIn'), refusal: 'link_invalid' },
      }
    const elsewhere = await database.query(
      { tenantId },
      {
        text: `SELECT FROM plinth.account_link WHERE tenant_id = $1 AND token_hash = $2 AND purpose = 'signIn' AND expires_at > now()`,
        values: [tenantId, tokenDigest(token)],
      },
    )
    throw new Failure(elsewhere.length > 0 ? 'link_elsewhere' : 'link_invalid')
  }

  /** Waits for letters that are being written. */
  async stop(): Promise<void> {
    await Promise.all(this.#sending)
  }

  async #admit(tenantId: string, purpose: LinkPurpose, email: string, { address }: Origin): Promise<void> {
    const { attempts } = this.#needs
    const waits = [await attempts.take(tenantId, `${purpose} link ${addressKey(email)}`, FOR_ONE)]
    if (address !== null)
      waits.push(await attempts.take(tenantId, `links from ${placeOf(address)}`, FROM_ONE))
    const retryAfter = Math.max(...waits)
    if (retryAfter > 0) throw new Failure('too_many_attempts', { extensions: { retryAfter } })
  }

  async #send(
    tenant: Tenant,
    purpose: LinkPurpose,
    email: string,
    browser: string,
    visitor: Origin,
  ): Promise<void> {
    const { config, database, mail } = this.#needs
    const { minutes, page, template, action } = LINKS[purpose]
    // Who signs in with a provider alone has no password, and must not get around the provider by mail.
    const [member] = await database.query<MemberProfile & Record<string, unknown>>(
      { tenantId: tenant.id },
      {
        text: `SELECT id, name, email, locale FROM plinth.member
          WHERE tenant_id = $1 AND email = $2 AND status = 'active' AND password_hash IS NOT NULL`,
        values: [tenant.id, addressKey(email)],
      },
    )
    if (!member) return
    const token = newToken()
    await database.transaction({ tenantId: tenant.id }, async (transaction) => {
      transaction.later({
        text: 'DELETE FROM plinth.account_link WHERE tenant_id = $1 AND expires_at < now()',
        values: [tenant.id],
      })
      transaction.later({
        text: `INSERT INTO plinth.account_link (tenant_id, id, member_id, purpose, token_hash, browser_hash, expires_at)
          VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(mins => $7))`,
        values: [
          tenant.id,
          newId(),
          member.id,
          purpose,
          tokenDigest(token),
          purpose === 'signIn' ? tokenDigest(browser) : null,
          minutes,
        ],
      })
      transaction.later(
        storeEntry(tenant.id, visitor, { action, subjectType: 'platform.member', subjectId: member.id }),
      )
      transaction.later(
        mail.queue(tenant.id, {
          to: member.email,
          locale: member.locale ?? tenant.locale,
          template,
          values: { workspace: tenant.name, url: linkTo(config, tenant, page, token), minutes },
        }),
      )
    })
    await mail.wake(tenant.id)
  }
}
