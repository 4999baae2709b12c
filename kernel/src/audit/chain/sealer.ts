import type { Logger } from 'pino'
import type { Vault } from '../../crypto/index.ts'
import type { Database, DatabaseAddress } from '../../data/index.ts'
import { Lookout } from '../../lookout.ts'
import { AUDIT_KEY, type Head } from './block.ts'
import type { Checkpoints } from './checkpoints.ts'
import { sealEntries } from './seal-entries.ts'

const EVERY_MS = 3_000

/** When there will be entries to seal in a database. */
export const NEXT_ENTRIES = `SELECT CASE WHEN EXISTS (SELECT FROM plinth.audit_pending WHERE fault IS NULL) THEN now() END AS next`

/** Tenants that have entries waiting, each found with one look into the index, however many wait. */
const WHOSE = `
  WITH RECURSIVE t AS (
    (SELECT tenant_id FROM plinth.audit_pending ORDER BY tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT p.tenant_id FROM plinth.audit_pending p WHERE p.tenant_id > t.tenant_id ORDER BY p.tenant_id LIMIT 1) FROM t WHERE t.tenant_id IS NOT NULL)
  SELECT h.id AS tenant FROM t JOIN plinth.tenant h ON h.id = t.tenant_id
  WHERE h.here AND (h.closed_until IS NULL OR h.closed_until < now())
    AND EXISTS (SELECT FROM plinth.audit_pending p WHERE p.tenant_id = t.tenant_id AND p.fault IS NULL)`

/** Which databases to look into. */
export interface SealRounds {
  walk(work: (address: DatabaseAddress) => Promise<boolean>, goOn: () => boolean): Promise<void>
  done(address: DatabaseAddress): Promise<void>
}

export interface SealerNeeds {
  readonly database: Database
  readonly vault: Vault
  readonly checkpoints: Checkpoints
  readonly rounds: SealRounds
  readonly log: Logger
}

/** Seals audit entries of all tenants into their chains, every few seconds, and writes down where the chains end. */
export class AuditSealer {
  readonly #needs: SealerNeeds
  /** Ends that could not be written down yet. */
  readonly #heads = new Map<string, Head>()
  readonly #lookout: Lookout

  constructor(needs: SealerNeeds) {
    this.#needs = needs
    this.#lookout = new Lookout({
      everyMs: EVERY_MS,
      look: () => this.#round(),
      onError: (error) => needs.log.error({ err: error }, 'audit entries are not sealed'),
    })
  }

  start(): void {
    this.#lookout.start()
  }

  /** Lets the block at hand end, and seals no more. */
  stop(): Promise<void> {
    return this.#lookout.stop()
  }

  async #round(): Promise<void> {
    const { rounds } = this.#needs
    try {
      await rounds.walk(
        (address) => this.#sealAll(address),
        () => !this.#lookout.isStopped,
      )
    } finally {
      await this.#writeDown()
    }
  }

  /** What could not be written down is tried again with the next round. */
  async #writeDown(): Promise<void> {
    const { checkpoints, log } = this.#needs
    try {
      await checkpoints.append(this.#heads)
      this.#heads.clear()
    } catch (error) {
      log.error({ err: error, chains: this.#heads.size }, 'checkpoints of audit logs are not written')
    }
  }

  /** Answers whether there may be more. A database that is away keeps no one from the others. */
  async #sealAll(address: DatabaseAddress): Promise<boolean> {
    const { database, log, rounds } = this.#needs
    let more = false
    try {
      const whose = await database.queryPlatform<{ tenant: string }>(
        { name: 'plinth_chain_whose', text: WHOSE },
        address,
      )
      for (const { tenant } of whose) if (!this.#lookout.isStopped) more = (await this.#seal(tenant)) || more
      if (!more) await rounds.done(address)
    } catch (error) {
      log.error({ ...address, err: error }, 'audit entries are not sealed')
      return false
    }
    return more
  }

  async #seal(tenantId: string): Promise<boolean> {
    const { database, vault, log } = this.#needs
    try {
      const { head, faults, more } = await sealEntries(database, vault.key(AUDIT_KEY), tenantId)
      if (head) this.#heads.set(tenantId, head)
      for (const each of faults) log.error({ tenantId, ...each }, 'an audit entry is not as it was signed')
      return more
    } catch (error) {
      log.error({ tenantId, err: error }, 'audit entries are not sealed')
      return false
    }
  }
}
