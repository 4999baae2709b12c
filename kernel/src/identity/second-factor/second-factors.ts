import type { SecondFactorDocument, SecondFactorMethod } from '@plinth/sdk'
import type { Vault } from '../../crypto/index.ts'
import { newId, storeEntry, type Bus, type Database, type Origin, type Statement } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import type { MemberProfile } from '../identity.ts'
import { backupCodeDigest, newBackupCodes } from './backup-codes.ts'
import { newTotp, totpStep, type TotpSecret } from './totp.ts'

const PURPOSE = 'second factor'

/** What a member has besides the first proof. */
export interface OwnedFactors {
  readonly factors: readonly SecondFactorDocument[]
  /** Backup codes that are still good. */
  readonly codesLeft: number
  /** Since when a second factor has been owed. */
  readonly owedSince: Date | undefined
}

/** Ways to prove oneself with a code. */
export type CodeMethod = 'totp' | 'backup'

/** Whose factors. */
export interface Owner {
  readonly tenantId: string
  readonly memberId: string
}

/** Second factors of members: authenticator apps and backup codes. */
export class SecondFactors {
  readonly #database: Database
  readonly #bus: Bus
  readonly #vault: Vault

  constructor({ database, bus, vault }: { database: Database; bus: Bus; vault: Vault }) {
    this.#database = database
    this.#bus = bus
    this.#vault = vault
  }

  async of({ tenantId, memberId }: Owner): Promise<OwnedFactors> {
    const [row] = await this.#database.query<{
      factors: SecondFactorDocument[]
      codes: number
      since: Date | null
    }>(
      { tenantId },
      {
        name: 'plinth_second_factors',
        text: `SELECT
            (SELECT coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'name', name,
              'createdAt', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
              'usedAt', to_char(used_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY id), '[]')
              FROM plinth.second_factor WHERE tenant_id = $1 AND member_id = $2 AND confirmed_at IS NOT NULL) AS factors,
            (SELECT count(*)::int FROM plinth.backup_code WHERE tenant_id = $1 AND member_id = $2 AND used_at IS NULL) AS codes,
            (SELECT since FROM plinth.second_factor_grace WHERE tenant_id = $1 AND member_id = $2) AS since`,
        values: [tenantId, memberId],
      },
    )
    const { factors, codes, since } = row!
    return { factors, codesLeft: codes, owedSince: since === null ? undefined : new Date(since) }
  }

  /** Notes that a member owes a second factor, the first time. Answers since when. */
  async owe({ tenantId, memberId }: Owner): Promise<Date> {
    const [row] = await this.#database.query<{ since: Date }>(
      { tenantId },
      {
        text: `INSERT INTO plinth.second_factor_grace AS g (tenant_id, member_id) VALUES ($1, $2)
          ON CONFLICT (tenant_id, member_id) DO UPDATE SET since = g.since RETURNING since`,
        values: [tenantId, memberId],
      },
    )
    return new Date(row!.since)
  }

  /** Begins with an authenticator app: it is none of the member's factors before it has given a code. One that was begun before is dropped. */
  async beginTotp(
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
   * Makes an authenticator app one of the member's factors.
   *
   * @returns backup codes, when there were none; this is the only time they are shown
   * @throws Failure `code_wrong` | `not_found`
   */
  async confirmTotp(owner: Owner, id: string, code: string, origin: Origin): Promise<readonly string[]> {
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
    return this.add(
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

  /**
   * Makes what a statement stores one of the member's factors.
   *
   * @param statement answers kind and name, or no row when there is no such thing, or it is somebody's already
   * @returns backup codes, when there were none; this is the only time they are shown
   * @throws Failure `not_found`
   */
  async add(owner: Owner, statement: Statement, id: string, origin: Origin): Promise<readonly string[]> {
    const { tenantId, memberId } = owner
    const codes = await this.#database.transaction({ tenantId }, async (transaction) => {
      const [added] = await transaction.run<{ kind: string; name: string }>(statement)
      if (!added) throw new Failure('not_found')
      const [left] = await transaction.run<{ codes: number }>({
        text: 'SELECT count(*)::int AS codes FROM plinth.backup_code WHERE tenant_id = $1 AND member_id = $2 AND used_at IS NULL',
        values: [tenantId, memberId],
      })
      const fresh = left!.codes === 0 ? newBackupCodes() : []
      if (fresh.length > 0) transaction.later(this.#storeCodes(owner, fresh))
      transaction.later({
        text: 'UPDATE plinth.session SET enrol_by = NULL WHERE tenant_id = $1 AND member_id = $2',
        values: [tenantId, memberId],
      })
      transaction.later(
        storeEntry(tenantId, origin, {
          action: 'secondFactor.added',
          subjectType: 'platform.member',
          subjectId: memberId,
          after: { id, ...added },
        }),
      )
      return fresh
    })
    await this.#bus.publish({ topic: 'identity', tenantId })
    return codes
  }

  /** Whether the code is the member's, and was never used. It is used then. */
  async useCode({ tenantId, memberId }: Owner, method: CodeMethod, code: string): Promise<boolean> {
    if (method === 'backup') return this.#useBackupCode({ tenantId, memberId }, code)
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

  /** Replaces all backup codes. */
  async renewCodes(owner: Owner, origin: Origin): Promise<readonly string[]> {
    const { tenantId, memberId } = owner
    const codes = newBackupCodes()
    await this.#database.transaction({ tenantId }, async (transaction) => {
      await transaction.run(dropCodes(owner))
      await transaction.run(this.#storeCodes(owner, codes))
      transaction.later(
        storeEntry(tenantId, origin, {
          action: 'secondFactor.codesRenewed',
          subjectType: 'platform.member',
          subjectId: memberId,
        }),
      )
    })
    return codes
  }

  /** Removes one of the member's factors; with the last one go the backup codes. @throws Failure `not_found` */
  async remove(owner: Owner, id: string, origin: Origin): Promise<void> {
    const { tenantId, memberId } = owner
    await this.#database.transaction({ tenantId }, async (transaction) => {
      const [gone] = await transaction.run<{ kind: string; name: string }>({
        text: `DELETE FROM plinth.second_factor WHERE tenant_id = $1 AND id = $2 AND member_id = $3 AND confirmed_at IS NOT NULL RETURNING kind, name`,
        values: [tenantId, id, memberId],
      })
      if (!gone) throw new Failure('not_found')
      transaction.later({
        text: `DELETE FROM plinth.backup_code WHERE tenant_id = $1 AND member_id = $2 AND NOT EXISTS (
            SELECT FROM plinth.second_factor WHERE tenant_id = $1 AND member_id = $2 AND confirmed_at IS NOT NULL)`,
        values: [tenantId, memberId],
      })
      transaction.later(
        storeEntry(tenantId, origin, {
          action: 'secondFactor.removed',
          subjectType: 'platform.member',
          subjectId: memberId,
          before: gone,
        }),
      )
    })
    await this.#bus.publish({ topic: 'identity', tenantId })
  }

  /** Removes all of a member's factors and codes, and ends their sessions: the device is lost, or in other hands. */
  async reset(owner: Owner, origin: Origin): Promise<void> {
    const { tenantId, memberId } = owner
    await this.#database.transaction({ tenantId }, async (transaction) => {
      const before = await transaction.run<{ kind: string; name: string }>({
        text: 'DELETE FROM plinth.second_factor WHERE tenant_id = $1 AND member_id = $2 RETURNING kind, name',
        values: [tenantId, memberId],
      })
      transaction.later(dropCodes(owner))
      transaction.later({
        text: 'DELETE FROM plinth.session WHERE tenant_id = $1 AND member_id = $2',
        values: [tenantId, memberId],
      })
      transaction.later(
        storeEntry(tenantId, origin, {
          action: 'secondFactor.reset',
          subjectType: 'platform.member',
          subjectId: memberId,
          before,
        }),
      )
    })
    await this.#bus.publish({ topic: 'identity', tenantId })
  }

  async #useBackupCode({ tenantId, memberId }: Owner, code: string): Promise<boolean> {
    const digest = this.#digest({ tenantId, memberId }, code)
    if (!digest) return false
    const used = await this.#database.query(
      { tenantId },
      {
        text: `UPDATE plinth.backup_code SET used_at = now() WHERE tenant_id = $1 AND member_id = $2 AND digest = $3 AND used_at IS NULL RETURNING used_at`,
        values: [tenantId, memberId, digest],
      },
    )
    return used.length > 0
  }

  #storeCodes(owner: Owner, codes: readonly string[]): Statement {
    return {
      text: 'INSERT INTO plinth.backup_code (tenant_id, member_id, digest) SELECT $1, $2, unnest($3::bytea[])',
      values: [owner.tenantId, owner.memberId, codes.map((code) => this.#digest(owner, code))],
    }
  }

  #digest({ tenantId, memberId }: Owner, code: string): Buffer | undefined {
    return backupCodeDigest(this.#vault.key('backup code'), `${tenantId}/${memberId}`, code)
  }

  #open(tenantId: string, id: string, secret: Buffer): string {
    return this.#vault.open(PURPOSE, `${tenantId}/${id}`, secret)
  }
}

/** What a member with these can give as a second factor. */
export function methodsOf({ factors, codesLeft }: OwnedFactors): SecondFactorMethod[] {
  const kinds = [...new Set(factors.map(({ kind }) => kind))].toSorted()
  return factors.length > 0 && codesLeft > 0 ? [...kinds, 'backup'] : kinds
}

function dropCodes({ tenantId, memberId }: Owner): Statement {
  return {
    text: 'DELETE FROM plinth.backup_code WHERE tenant_id = $1 AND member_id = $2',
    values: [tenantId, memberId],
  }
}
