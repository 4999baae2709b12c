import type { Logger } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { KeyRingError, newKey, type KeyRing } from '../../crypto/index.ts'
import { Failure } from '../../errors.ts'
import type { Bus } from '../bus.ts'
import type { Database } from '../database.ts'
import type { Models } from '../model/entity-model.ts'
import { NoticeCache } from '../notice-cache.ts'
import { Secrets } from './secrets.ts'
import { TenantCipher, type Tampering, type TenantKeySet } from './tenant-cipher.ts'
import { addKeys, readKeys, wrapPlace, type KeyRow } from './key-rows.ts'

/** Opened keys are kept for so many tenants. */
const CACHED = 1_000

/** Alarms about the same value are not repeated within the memory of the last ones. */
const REMEMBERED = 1_000

/**
 * The keys of tenants. They are stored wrapped by a key-encryption key, opened when first needed, and kept in memory until a notice says
 * that something about the tenant has changed; rotation and destruction send one.
 */
export class TenantKeys {
  readonly #database: Database
  readonly #ring: KeyRing
  readonly #log: Logger
  readonly #cache: NoticeCache<TenantKeySet>
  readonly #alarmed = new Set<string>()

  constructor({
    database,
    bus,
    keyRing,
    log,
  }: {
    database: Database
    bus: Bus
    keyRing: KeyRing
    log: Logger
  }) {
    this.#database = database
    this.#ring = keyRing
    this.#log = log
    this.#cache = new NoticeCache(bus, CACHED)
  }

  /**
   * The encrypted fields of a tenant, for one request. Makes its first keys where there are none.
   *
   * @throws Failure `key_unavailable` when the key ring lacks what wrapped them
   */
  async of(tenantId: string, models: Models): Promise<Secrets> {
    const cipher = await this.#cipher(tenantId)
    return new Secrets(models, () => Promise.resolve(cipher), cipher)
  }

  /** The same for a read that may meet encrypted values: keys are fetched when it does, which is all it can do with them. */
  later(tenantId: string, models: Models): Secrets {
    return new Secrets(models, () => this.#cipher(tenantId))
  }

  async #cipher(tenantId: string): Promise<TenantCipher> {
    const keys = await this.#cache.get(tenantId, '', () => this.#load(tenantId))
    const reload = (): Promise<TenantKeySet> => this.#load(tenantId)
    const alarm = (tampering: Tampering): Promise<void> => this.#alarm(tampering)
    return new TenantCipher({ tenantId, keys, reload, alarm })
  }

  async #load(tenantId: string): Promise<TenantKeySet> {
    let rows = await readKeys(this.#database, tenantId)
    if (rows.length === 0) {
      await addKeys(this.#database, tenantId, this.#ring, [
        { purpose: 'data', number: 1, key: newKey() },
        { purpose: 'index', number: 1, key: newKey() },
      ])
      // Whoever was quicker has made them: theirs are the ones.
      rows = await readKeys(this.#database, tenantId)
    }
    try {
      return this.#opened(tenantId, rows)
    } catch (error) {
      if (!(error instanceof KeyRingError)) throw error
      this.#log.error({ tenantId, err: error }, 'keys of a tenant cannot be opened')
      throw new Failure('key_unavailable', { cause: error })
    }
  }

  #opened(tenantId: string, rows: readonly KeyRow[]): TenantKeySet {
    const present = rows.filter((row) => row.wrapped !== null)
    const data = new Map<number, ReturnType<KeyRing['unwrap']>>()
    let index: ReturnType<KeyRing['unwrap']> | undefined
    for (const { kek, wrapped, purpose, number } of present) {
      const key = this.#ring.unwrap({ kek, wrapped: wrapped! }, wrapPlace(tenantId, purpose, number))
      if (purpose === 'data') data.set(number, key)
      else index = key
    }
    const current = rows.find((row) => row.purpose === 'data' && row.state === 'current')?.number ?? 0
    return { destroyed: present.length === 0, data, current, index }
  }

  /** A value that does not open where it stands was damaged or brought there by someone: a matter for people. */
  async #alarm(tampering: Tampering): Promise<void> {
    const key = JSON.stringify(tampering)
    if (this.#alarmed.has(key)) return
    if (this.#alarmed.size >= REMEMBERED) this.#alarmed.clear()
    this.#alarmed.add(key)
    const { tenantId, entity, field, id } = tampering
    this.#log.fatal(
      { alarm: 'ciphertext', ...tampering },
      'an encrypted value does not belong where it stands',
    )
    await this.#database.query(
      { tenantId },
      {
        text: `INSERT INTO plinth.audit (tenant_id, id, at, actor_kind, action, subject_type, subject_id, after)
          VALUES ($1, $2, now(), 'system', 'kernel.ciphertext.refused', $3, $4, $5)`,
        values: [tenantId, uuidv7(), entity, id, JSON.stringify({ field })],
      },
    )
  }
}
