import type { Logger } from 'pino'
import { KeyRingError, newKey, type KeyRing } from '../../crypto/index.ts'
import type { Bus } from '../bus.ts'
import type { Database } from '../database.ts'
import type { Models } from '../model/entity-model.ts'
import { NoticeCache } from '../notice-cache.ts'
import { noteDamage } from './damaged-records.ts'
import { Secrets } from './secrets.ts'
import { TenantCipher, type Damage, type TenantKeySet } from './tenant-cipher.ts'
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
  /** Tenants of which it was said in the log that keys are missing, with the ids of these. */
  readonly #locked = new Map<string, string>()

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
   * The encrypted fields of a tenant, for one request. Makes its first keys where there are none. Keys that cannot be opened are missed
   * when they are needed.
   */
  async of(tenantId: string, models: Models): Promise<Secrets> {
    const cipher = await this.#cipher(tenantId)
    return new Secrets(models, () => Promise.resolve(cipher), cipher)
  }

  /** The same for a read that may meet encrypted values: keys are fetched when it does, which is all it can do with them. */
  later(tenantId: string, models: Models): Secrets {
    return new Secrets(models, () => this.#cipher(tenantId))
  }

  /** Whether every key that was needed lately could be opened. */
  get isComplete(): boolean {
    return this.#locked.size === 0
  }

  async #cipher(tenantId: string): Promise<TenantCipher> {
    const keys = await this.#keys(tenantId)
    const reload = (): Promise<TenantKeySet> => this.#load(tenantId)
    return new TenantCipher({ tenantId, keys, reload, alarm: (damage) => this.#alarm(tenantId, damage) })
  }

  /** What is incomplete is not kept: the ring may be complete again at any moment. */
  async #keys(tenantId: string): Promise<TenantKeySet> {
    let incomplete: TenantKeySet | undefined
    const complete = await this.#cache.get(tenantId, '', async () => {
      const keys = await this.#load(tenantId)
      if (keys.locked.size === 0) return keys
      incomplete = keys
      return undefined
    })
    return complete ?? incomplete!
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
    const keys = this.#opened(tenantId, rows)
    const missing = [...new Set(keys.locked.values())].toSorted().join(', ')
    if (missing !== '' && this.#locked.get(tenantId) !== missing)
      this.#log.error({ tenantId, keks: missing }, 'the key ring lacks what wrapped keys of a tenant')
    if (missing === '') this.#locked.delete(tenantId)
    else this.#locked.set(tenantId, missing)
    return keys
  }

  #opened(tenantId: string, rows: readonly KeyRow[]): TenantKeySet {
    const present = rows.filter((row) => row.wrapped !== null)
    const data = new Map<number, ReturnType<KeyRing['unwrap']>>()
    let index: ReturnType<KeyRing['unwrap']> | undefined
    const locked = new Map<string, string>()
    for (const { kek, wrapped, purpose, number } of present) {
      try {
        const key = this.#ring.unwrap({ kek, wrapped: wrapped! }, wrapPlace(tenantId, purpose, number))
        if (purpose === 'data') data.set(number, key)
        else index = key
      } catch (error) {
        if (!(error instanceof KeyRingError)) throw error
        locked.set(`${purpose} ${number}`, kek)
      }
    }
    const current = rows.find((row) => row.purpose === 'data' && row.state === 'current')?.number ?? 0
    return { destroyed: present.length === 0, data, current, index, locked }
  }

  /**
   * A value that does not open where it stands was damaged or brought there by someone: a matter for people. Each record is noted once,
   * however many read it. Nobody waits for that, least of all who holds a connection already.
   */
  #alarm(tenantId: string, damage: Damage): void {
    const key = JSON.stringify([tenantId, damage])
    if (this.#alarmed.has(key)) return
    if (this.#alarmed.size >= REMEMBERED) this.#alarmed.clear()
    this.#alarmed.add(key)
    void this.#note(tenantId, damage).catch((error: unknown) => {
      this.#alarmed.delete(key)
      this.#log.error({ tenantId, err: error }, 'a damaged value could not be noted')
    })
  }

  async #note(tenantId: string, { entity, id, fields }: Damage): Promise<void> {
    const isNew = await noteDamage(this.#database, { tenantId, entity, id, fields })
    if (!isNew) return
    const found = { alarm: 'ciphertext', tenantId, entity, id, fields }
    this.#log.fatal(found, 'encrypted values do not belong where they stand')
  }
}
