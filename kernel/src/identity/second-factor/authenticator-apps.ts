import type { Vault } from '../../crypto/index.ts'
import { newId, type Database, type Origin } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import type { MemberProfile } from '../identity.ts'
import type { Enrolling, Owner, SecondFactors } from './second-factors.ts'
import { newTotp, totpStep, type TotpSecret } from './totp.ts'

const PURPOSE = 'second factor'

/** Authenticator apps: codes that change every thirty seconds, after RFC 6238. */
export class AuthenticatorApps {
  readonly #database: Database
  readonly #vault: Vault
  readonly #secondFactors: SecondFactors

  constructor({
    database,
    vault,
    secondFactors,
  }: {
    database: Database
    vault: Vault
    secondFactors: SecondFactors
  }) {
    this.#database = database
    this.#vault = vault
    this.#secondFactors = secondFactors
  }

  /** Begins with an app: it is none of the member's factors before it has given a code. One that was begun before is dropped. */
  async begin(
    tenant: { readonly id: string; readonly name: string },
    member: MemberProfile,
    name: string,
  ): Promise<TotpSecret & { readonly id: string }> {
    const id = newId()
    const totp = await newTotp(tenant.name, member.email)
    await this.#database.transaction({ tenantId: tenant.id }, async (transaction) => {
      await transaction.run({
        text: `DELETE FROM plinth.second_factor WHERE tenant_id = $1 AND member_id = $2 AND kind = 'totp' AND confirmed_at IS NULL`,
        values: [tenant.id, member.id],
      })
      await transaction.run({
        text: `INSERT INTO plinth.second_factor (tenant_id, id, member_id, kind, name, secret) VALUES ($1, $2, $3, 'totp', $4, $5)`,
        values: [
          tenant.id,
          id,
          member.id,
          name,
          this.#vault.seal(PURPOSE, `${tenant.id}/${id}`, totp.secret),
        ],
      })
    })
    return { id, ...totp }
  }

  /**
   * Makes an app one of the member's factors.
   *
   * @returns backup codes, when there were none; this is the only time they are shown
   * @throws Failure `code_wrong` | `not_found`
   */
  async confirm(owner: Enrolling, id: string, code: string, origin: Origin): Promise<readonly string[]> {
    const { tenantId, memberId } = owner
    const [row] = await this.#database.query<{ secret: Buffer }>(
      { tenantId },
      {
        text: `SELECT secret FROM plinth.second_factor WHERE tenant_id = $1 AND id = $2 AND member_id = $3 AND kind = 'totp' AND confirmed_at IS NULL`,
        values: [tenantId, id, memberId],
      },
    )
    if (!row) throw new Failure('not_found')
    const step = await totpStep(this.#open(tenantId, id, row.secret), code)
    if (step === undefined) throw new Failure('code_wrong')
    return this.#secondFactors.add(
      owner,
      {
        text: `UPDATE plinth.second_factor SET confirmed_at = now(), used_at = now(), last_step = $3
            WHERE tenant_id = $1 AND id = $2 AND confirmed_at IS NULL RETURNING kind, name`,
        values: [tenantId, id, step],
      },
      id,
      origin,
    )
  }

  /** Whether the code is that of one of the member's apps, and was never used. It is used then. */
  async use({ tenantId, memberId }: Owner, code: string): Promise<boolean> {
    const rows = await this.#database.query<{ id: string; secret: Buffer }>(
      { tenantId },
      {
        text: `SELECT id, secret FROM plinth.second_factor WHERE tenant_id = $1 AND member_id = $2 AND kind = 'totp' AND confirmed_at IS NOT NULL`,
        values: [tenantId, memberId],
      },
    )
    for (const { id, secret } of rows) {
      const step = await totpStep(this.#open(tenantId, id, secret), code)
      if (step === undefined) continue
      // The statement is the judge: of two who come with one code at once, one changes the row.
      const used = await this.#database.query(
        { tenantId },
        {
          text: `UPDATE plinth.second_factor SET last_step = $3, used_at = now() WHERE tenant_id = $1 AND id = $2 AND last_step < $3 RETURNING id`,
          values: [tenantId, id, step],
        },
      )
      if (used.length > 0) return true
    }
    return false
  }

  #open(tenantId: string, id: string, secret: Buffer): string {
    return this.#vault.open(PURPOSE, `${tenantId}/${id}`, secret)
  }
}
