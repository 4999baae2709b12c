import type { Logger } from 'pino'
import type { Config } from '../config/index.ts'
import type { KeyRing } from '../crypto/index.ts'
import {
  KeyOperations,
  type Bus,
  type Database,
  type DatabaseAddress,
  type TenantKeys,
} from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { Places } from '../places/index.ts'
import type { PluginCatalogue } from '../plugins/index.ts'
import { TenantRenewal } from './renew-tenant.ts'
import { renewalsIn, type Renewal } from './renewal.ts'

/** A node hears of a new key within a second, and no transaction lasts minutes: nobody seals with an old one after this. */
const GRACE_MS = 10 * 60_000

const DAY_MS = 24 * 60 * 60_000

interface Needs {
  readonly database: Database
  readonly bus: Bus
  readonly config: Config
  readonly log: Logger
  readonly keyRing: KeyRing
  readonly tenantKeys: TenantKeys
  readonly places: Places
  readonly catalogue: PluginCatalogue
}

/** A key that is in use, as every node may know of it. */
export interface UsedKey {
  readonly tenant: string
  readonly purpose: 'data' | 'index'
  readonly number: number
  readonly kek: string
  readonly state: string
  readonly createdAt: Date
  readonly wrappedAt: Date
}

/** How many records of a tenant were found with values that do not open. */
export interface DamagedRecords {
  readonly tenant: string
  readonly count: number
}

/** Brings tenants to new data keys in the background, and sees to it that no key grows too old. */
export class KeyRenewals {
  readonly #needs: Needs
  readonly operations: KeyOperations
  /** How long old keys are kept after the last value under them is gone, in milliseconds. */
  graceMs = GRACE_MS
  /** Told of every portion before it is committed. */
  onPortion: ((where: string) => void) | undefined
  /** What is done, and asked for, one after the other. */
  #work: Promise<void> = Promise.resolve()
  #stopping = false

  constructor(needs: Needs) {
    this.#needs = needs
    const { database, keyRing, bus } = needs
    this.operations = new KeyOperations(database, keyRing, (tenantId) => tellOfKeys(bus, tenantId))
  }

  /** Takes up every renewal that is under way, where it stands. One that fails keeps no other from going on. */
  run(): Promise<void> {
    return this.#queue(() => this.#runAll())
  }

  /** Takes up that of one tenant, if there is any. */
  wake(tenantId: string): void {
    void this.#queue(() => this.#attempt(tenantId, () => this.#renew(tenantId)))
  }

  #queue(task: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(async () => {
      if (!this.#stopping) await task()
    })
    return this.#work
  }

  /** Waits for the running portion and begins no other. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#work
  }

  /** All renewals, finished ones too. A database that is away is left out. */
  all(): Promise<Renewal[]> {
    return this.#everywhere((address) => renewalsIn(this.#needs.database, address))
  }

  /** All keys of all tenants. A database that is away is left out. */
  keys(): Promise<UsedKey[]> {
    return this.#everywhere((address) =>
      this.#needs.database.queryPlatform<UsedKey & Record<string, unknown>>(
        {
          text: `SELECT tenant_id AS tenant, purpose, number, kek, state, created_at AS "createdAt", wrapped_at AS "wrappedAt" FROM plinth.tenant_key ORDER BY tenant_id, purpose, number`,
        },
        address,
      ),
    )
  }

  /** Tenants with records that were found with values that do not open. A database that is away is left out. */
  damaged(): Promise<DamagedRecords[]> {
    return this.#everywhere((address) =>
      this.#needs.database.queryPlatform<DamagedRecords & Record<string, unknown>>(
        { text: 'SELECT tenant_id AS tenant, count(*)::int AS count FROM plinth.damaged_record GROUP BY 1' },
        address,
      ),
    )
  }

  /** Gives new data keys to tenants whose present one is too old, and the platform's own ring a new key-encryption key. */
  async keepYoung(now = Date.now()): Promise<void> {
    const { config, keyRing, log } = this.#needs
    const { dataDays, wrappingDays } = config.keyAges ?? { dataDays: 365, wrappingDays: 365 }
    keyRing.reload()
    const keys = await this.keys()
    const inUse = keys.filter(({ state }) => state !== 'destroyed')
    const oldest = inUse
      .filter(({ kek }) => kek === keyRing.current)
      .reduce((first, { wrappedAt }) => Math.min(first, wrappedAt.getTime()), now)
    if (wrappingDays > 0 && now - oldest > wrappingDays * DAY_MS && !keyRing.renew(new Date(now)))
      log.warn({ kek: keyRing.current, days: wrappingDays }, 'the key-encryption key is due to be replaced')
    // Of a ring that others keep, not every process need have the new key yet.
    const left = keyRing.isOwn ? inUse.filter(({ kek }) => kek !== keyRing.current) : []
    for (const tenant of new Set(left.map((key) => key.tenant)))
      await this.#attempt(tenant, () => this.operations.rewrap(tenant))
    const old = inUse.filter(
      ({ purpose, state, createdAt }) =>
        purpose === 'data' &&
        state === 'current' &&
        dataDays > 0 &&
        now - createdAt.getTime() > dataDays * DAY_MS,
    )
    for (const { tenant, number } of old)
      await this.#attempt(tenant, () => this.operations.rotate(tenant, number))
  }

  async #runAll(): Promise<void> {
    const { database } = this.#needs
    const open = await this.#everywhere((address) => renewalsIn(database, address, true))
    for (const { tenant } of open) if (!this.#stopping) await this.#attempt(tenant, () => this.#renew(tenant))
  }

  async #renew(tenantId: string): Promise<void> {
    const { database, tenantKeys, catalogue, bus, log } = this.#needs
    const renewal = new TenantRenewal(
      {
        database,
        secrets: () => tenantKeys.of(tenantId, catalogue.models),
        onPortion: this.onPortion,
        graceMs: this.graceMs,
      },
      tenantId,
    )
    if (!(await renewal.run(() => !this.#stopping))) return
    log.info({ tenantId }, 'old data keys retired')
    await bus.publish({ topic: 'tenant', tenantId })
  }

  async #attempt(tenantId: string, task: () => Promise<unknown>): Promise<void> {
    try {
      await task()
    } catch (error) {
      // It is taken up again by itself when the database is back, or the tenant has moved.
      if (error instanceof Failure && error.code === 'unavailable') return
      this.#needs.log.error({ tenantId, err: error }, 'keys of a tenant')
    }
  }

  async #everywhere<T>(ask: (address: DatabaseAddress) => Promise<T[]>): Promise<T[]> {
    const { places, log } = this.#needs
    const answers: T[] = []
    for (const address of await places.databases())
      answers.push(
        ...(await ask(address).catch((error: unknown) => {
          log.error({ ...address, err: error }, 'keys of a database that is away')
          return []
        })),
      )
    return answers
  }
}

/** Tells all nodes that the keys of a tenant have changed: first to forget those they know, then to seal anew what has to be. */
export async function tellOfKeys(bus: Bus, tenantId: string): Promise<void> {
  await bus.publish({ topic: 'tenant', tenantId })
  await bus.publish({ topic: 'keys', tenantId })
}
