import type { SecondFactorDocument, SecondFactorMethod } from '@plinth/sdk'
import type { Vault } from '../../crypto/index.ts'
import { storeEntry, type Bus, type Database, type Origin, type Statement } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import { backupCodeDigest, newBackupCodes } from './backup-codes.ts'

/** What a member has besides the first proof. */
export interface OwnedFactors {
  readonly factors: readonly SecondFactorDocument[]
  /** Backup codes that are still good. */
  readonly codesLeft: number
  /** Since when a second factor has been owed. */
  readonly owedSince: Date | undefined
}

/** Whose factors. */
export interface Owner {
  readonly tenantId: string
  readonly memberId: string
}

/** Somebody who sets up a second factor. */
export interface Enrolling extends Owner {
  /** Id of the session, where it waits for that. */
  readonly waitingSession?: string | undefined
}

/** Second factors of members, whatever their kind, and the backup codes that come with the first. */
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

  /**
   * Makes what a statement stores one of the member's factors. Other sessions that wait for one to be set up end: whoever has them may
   * know no more than the password, and is asked for the new factor from now on.
   *
   * @param statement answers kind and name, or no row when there is no such thing, or it is somebody's already
   * @param isEnough whether no other is owed with it
   * @returns backup codes, when there were none; this is the only time they are shown
   * @throws Failure `not_found` | `session_missing` where the session waits no more, since a factor was set up elsewhere
   */
  async add(
    owner: Enrolling,
    statement: Statement,
    id: string,
    origin: Origin,
    { isEnough = true }: { readonly isEnough?: boolean } = {},
  ): Promise<readonly string[]> {
    const { tenantId, memberId, waitingSession } = owner
    const codes = await this.#database.transaction({ tenantId }, async (transaction) => {
      // In one order, so that of two who set up a factor at once one waits for the other, and finds out.
      const waiting = await transaction.run<{ id: string }>({
        text: `SELECT id FROM plinth.session WHERE tenant_id = $1 AND member_id = $2 AND waits = 'enrolment' ORDER BY id FOR UPDATE`,
        values: [tenantId, memberId],
      })
      if (waitingSession !== undefined && !waiting.some(({ id: waits }) => waits === waitingSession))
        throw new Failure('session_missing')
      const [added] = await transaction.run<{ kind: string; name: string }>(statement)
      if (!added) throw new Failure('not_found')
      const [left] = await transaction.run<{ codes: number }>({
        text: 'SELECT count(*)::int AS codes FROM plinth.backup_code WHERE tenant_id = $1 AND member_id = $2 AND used_at IS NULL',
        values: [tenantId, memberId],
      })
      const fresh = left!.codes === 0 ? newBackupCodes() : []
      if (fresh.length > 0) transaction.later(this.#storeCodes(owner, fresh))
      if (waiting.length > 0)
        transaction.later({
          text: `DELETE FROM plinth.session WHERE tenant_id = $1 AND member_id = $2 AND waits = 'enrolment' AND id IS DISTINCT FROM $3::uuid`,
          values: [tenantId, memberId, waitingSession ?? null],
        })
      if (isEnough)
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

  /**
   * Removes one of the member's factors; with the last one go the backup codes.
   *
   * @param left ids of those that stay: so it was judged that they are enough
   * @throws Failure `not_found` | `version_conflict` when one of those has gone
   */
  async remove(owner: Owner, id: string, left: readonly string[], origin: Origin): Promise<void> {
    const { tenantId, memberId } = owner
    await this.#database.transaction({ tenantId }, async (transaction) => {
      const present = await transaction.run<{ id: string }>({
        text: `SELECT id FROM plinth.second_factor WHERE tenant_id = $1 AND member_id = $2 AND confirmed_at IS NOT NULL ORDER BY id FOR UPDATE`,
        values: [tenantId, memberId],
      })
      // Two that are removed at once, each as one of two, would leave nothing.
      if (!left.every((each) => present.some((factor) => factor.id === each)))
        throw new Failure('version_conflict')
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
      transaction.later({
        text: `DELETE FROM plinth.sign_in_trait WHERE tenant_id = $1 AND member_id = $2 AND kind = 'device'`,
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

  /** Whether the code is one of the member's backup codes, and was never used. It is used then. */
  async useBackupCode({ tenantId, memberId }: Owner, code: string): Promise<boolean> {
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
}

/**
 * What a member with these can give as a second factor.
 *
 * @param takesMail whether a code by mail is taken
 */
export function methodsOf({ factors, codesLeft }: OwnedFactors, takesMail: boolean): SecondFactorMethod[] {
  const kinds = new Set<SecondFactorMethod>(factors.map(({ kind }) => kind))
  if (takesMail) kinds.add('email')
  else kinds.delete('email')
  const sorted = [...kinds].toSorted()
  return factors.length > 0 && codesLeft > 0 ? [...sorted, 'backup'] : sorted
}

function dropCodes({ tenantId, memberId }: Owner): Statement {
  return {
    text: 'DELETE FROM plinth.backup_code WHERE tenant_id = $1 AND member_id = $2',
    values: [tenantId, memberId],
  }
}
