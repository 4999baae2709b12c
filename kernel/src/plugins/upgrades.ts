import type { Logger } from 'pino'
import { Failure } from '../errors.ts'
import type { Config } from '../config/index.ts'
import {
  beginCheck,
  contractSchema,
  digestOf,
  endUpgrade,
  enterTenants,
  fail,
  openUpgrades,
  readLedger,
  revertSchema,
  sameDatabase,
  tenantsToDo,
  type Bus,
  type Database,
  type DatabaseAddress,
  type OpenUpgrade,
} from '../data/index.ts'
import type { Places } from '../places/index.ts'
import type { Tenant, Tenants } from '../tenancy/index.ts'
import type { PluginCatalogue } from './catalogue.ts'
import type { PluginStates } from './tenant-plugins.ts'
import { HINDRANCES, incomplete, reasonOf } from './upgrade-reasons.ts'
import { summarise, type UpgradeSummary } from './upgrade-summary.ts'
import { TenantUpgrade, UpgradeRefused } from './upgrade-tenant.ts'
import type { Workshop } from './work.ts'

/** Tenants that are brought along, and databases that are asked, at the same time. */
const PARALLEL = 4

/** How often, and how many times without any progress, tenants are looked at again that another node holds. */
const HELD_MS = 200
const HELD_ROUNDS = 50

interface Needs {
  readonly database: Database
  readonly catalogue: PluginCatalogue
  readonly states: PluginStates
  readonly workshop: Workshop
  readonly tenants: Tenants
  readonly bus: Bus
  readonly config: Config
  readonly log: Logger
  readonly places: Places
}

/** Brings the tenants to the present versions of the plugins, and does the contract step when it is told to. */
export class Upgrades {
  readonly #needs: Needs
  #running: Promise<void> | undefined
  #stopping = false

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Looks which upgrades there are and enters the tenants that are not in their ledgers. To be called before anything is served. */
  async open(): Promise<void> {
    const { catalogue, database, log } = this.#needs
    const open = (await this.#everywhere(openUpgrades)).filter((upgrade) => this.#serves(upgrade))
    await inParallel(open, (upgrade) =>
      enterTenants(database, upgrade).catch((error: unknown) =>
        log.error({ ...brief(upgrade), err: error }, 'upgrade not begun'),
      ),
    )
    const known = catalogue.upgrades.map(({ id }) => id)
    if (open.length !== known.length || open.some(({ id }) => !known.includes(id))) catalogue.upgrades = open
  }

  /** Brings along every tenant that is not done, those that failed before included. One that fails does not stop the others. */
  run(): Promise<void> {
    this.#running ??= this.open()
      .then(() => this.#runAll(this.#needs.catalogue.upgrades))
      .finally(() => {
        this.#running = undefined
      })
    return this.#running
  }

  /** Waits for the running batches and begins no others. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#running
  }

  async list(): Promise<UpgradeSummary[]> {
    return summarise(await this.#everywhere(readLedger), await this.#everywhere(openUpgrades))
  }

  /**
   * Tries once more to bring a tenant along.
   *
   * @returns whether the plugin waits for that at all
   * @throws Failure `upgrade_failed`
   */
  async retry(tenant: Tenant, plugin: string): Promise<boolean> {
    const waiting = (await this.#needs.states.of(tenant)).upgrades.get(plugin)
    const upgrade = this.#needs.catalogue.upgrades.find(({ id }) => id === waiting?.upgrade)
    if (!upgrade) return false
    await this.#bring(upgrade, tenant.id)
    const left = (await this.#needs.states.of(tenant)).upgrades.get(plugin)
    if (left?.state === 'failed')
      throw new Failure('upgrade_failed', {
        ...(left.error === null ? {} : { detail: left.error }),
        extensions: { plugin, records: left.errors },
      })
    return true
  }

  /**
   * The contract step: looks at every record once more, then drops what only the older version needed. No node may run that one any more.
   *
   * @throws Failure `upgrade_unknown` | `upgrade_incomplete` with the tenants that are not done
   */
  async contract(plugin: string): Promise<void> {
    const { database, places, catalogue, log } = this.#needs
    const open = await this.#openOf(plugin)
    for (const upgrade of open) await enterTenants(database, upgrade)
    await this.#finishAll(open)
    for (const upgrade of open) await beginCheck(database, upgrade)
    await this.#finishAll(open)
    for (const upgrade of open) {
      const { id, place, plan } = upgrade
      const url = places.servers.adminUrl(place.server, place.database)
      await contractSchema(url, catalogue.models, { plugin, upgrade: id, schema: place.schema })
      await endUpgrade(database, upgrade, 'contracted')
      log.info({ plugin, place, from: plan.from, to: plan.to }, 'upgrade completed')
    }
    await this.open()
  }

  /**
   * Goes back to the version before, which must be the one that runs: what the newer one has added is dropped.
   *
   * @throws Failure `upgrade_unknown` | `upgrade_incomplete` when records of the newer version have no place in the older one
   */
  async revert(plugin: string): Promise<void> {
    const { database, places, catalogue, log } = this.#needs
    const open = (await this.#everywhere(openUpgrades, true)).filter((each) => each.plugin === plugin)
    const version = catalogue.plugins.get(plugin)?.manifest.version
    if (open.length === 0 || open.some((each) => this.#serves(each)))
      throw new Failure('upgrade_unknown', {
        detail: `Version ${version ?? 'none'} of the plugin runs; an upgrade is taken back from the version before it.`,
      })
    for (const upgrade of open) {
      const { id, place, plan } = upgrade
      try {
        const url = places.servers.adminUrl(place.server, place.database)
        await revertSchema(url, catalogue.models, { plugin, upgrade: id, schema: place.schema })
      } catch (error) {
        const detail = HINDRANCES[(error as { code?: string }).code ?? '']
        if (!detail) throw error
        throw new Failure('upgrade_incomplete', {
          detail: detail(plan),
          cause: error,
        })
      }
      await endUpgrade(database, upgrade, 'reverted')
      log.info({ plugin, place, from: plan.to, to: plan.from }, 'upgrade taken back')
    }
  }

  /** The contract step of everything that has been completed for as long as the configuration says. */
  async contractDue(now = Date.now()): Promise<void> {
    const hours = this.#needs.config.contractAfterHours
    if (hours === undefined) return
    for (const { plugin, phase, tenants, finishedAt } of await this.list()) {
      const ready = phase === 'expanded' && tenants.pending + tenants.running + tenants.failed === 0
      if (!ready || finishedAt === null || now - Date.parse(finishedAt) < hours * 3_600_000) continue
      await this.contract(plugin).catch((error: unknown) =>
        this.#needs.log.error({ plugin, err: error }, 'upgrade not completed'),
      )
    }
  }

  /** Whether this node works with the newer version of an upgrade. */
  #serves({ plugin, digest }: OpenUpgrade): boolean {
    const own = [...this.#needs.catalogue.models.values()].filter((model) => model.plugin === plugin)
    return own.length > 0 && digestOf(own) === digest
  }

  async #openOf(plugin: string): Promise<OpenUpgrade[]> {
    const open = (await this.#everywhere(openUpgrades, true)).filter((each) => each.plugin === plugin)
    const served = open.filter((each) => this.#serves(each))
    if (served.length === 0)
      throw new Failure(
        'upgrade_unknown',
        open[0] && {
          detail: `This node runs the version before ${open[0].plan.to}, which would lose its tables.`,
        },
      )
    return served
  }

  /**
   * Until every tenant is done. Some may be held by another node, or by what this one does by itself; those are waited for.
   *
   * @throws Failure `upgrade_incomplete`
   */
  async #finishAll(upgrades: readonly OpenUpgrade[]): Promise<void> {
    const ids = new Set(upgrades.map(({ id }) => id))
    let before = ''
    for (let patience = HELD_ROUNDS; ;) {
      await this.#runAll(upgrades)
      const left = (await this.#everywhere(readLedger, true)).filter(
        (row) => ids.has(row.upgrade) && row.state !== 'done',
      )
      if (left.length === 0) return
      const now = left.map(({ slug, state, done }) => [slug, state, done]).join()
      patience = now === before ? patience - 1 : HELD_ROUNDS
      before = now
      if (patience === 0 || this.#stopping || left.every(({ state }) => state === 'failed'))
        throw incomplete(left)
      await new Promise((resolve) => setTimeout(resolve, HELD_MS))
    }
  }

  async #runAll(upgrades: readonly OpenUpgrade[]): Promise<void> {
    const { database, log } = this.#needs
    const waiting: { readonly upgrade: OpenUpgrade; readonly tenantId: string }[] = []
    await inParallel(upgrades, async (upgrade) => {
      // A database that is away keeps no tenant elsewhere waiting.
      const tenants = await tenantsToDo(database, upgrade).catch((error: unknown) => {
        log.error({ ...brief(upgrade), err: error }, 'upgrade has to wait')
        return []
      })
      waiting.push(...tenants.map((tenantId) => ({ upgrade, tenantId })))
    })
    if (waiting.length > 0) log.info({ tenants: waiting.length }, 'upgrades begin')
    let number = 0
    await inParallel(waiting, async ({ upgrade, tenantId }) => {
      if (this.#stopping) return
      await this.#bring(upgrade, tenantId)
      log.info(
        { ...brief(upgrade), tenant: tenantId, number: ++number, of: waiting.length },
        'upgrade goes on',
      )
    })
  }

  /**
   * Asks all databases.
   *
   * @param strictly fail when one is away, instead of going without it
   */
  async #everywhere<T>(
    ask: (database: Database, address: DatabaseAddress) => Promise<T[]>,
    strictly = false,
  ): Promise<T[]> {
    const { database, places, log } = this.#needs
    const answers: T[] = []
    await inParallel(await places.databases(), async (address) => {
      const found = await ask(database, address).catch((error: unknown) => {
        if (strictly) throw error
        log.error({ ...address, err: error }, 'upgrades of a database that is away')
        return []
      })
      answers.push(...found)
    })
    return answers
  }

  async #bring(upgrade: OpenUpgrade, tenantId: string): Promise<void> {
    const { bus, database, log, states, tenants } = this.#needs
    const tenant = await tenants.byId(tenantId)
    // It has moved in between, to a place with a ledger of its own.
    if (!tenant || !sameDatabase(tenant, upgrade.place) || tenant.schema !== upgrade.place.schema) return
    try {
      const { view } = await states.of(tenant)
      await new TenantUpgrade(this.#needs, tenant, upgrade, view).run(() => !this.#stopping)
    } catch (error) {
      // It goes on by itself when the database is back.
      if (error instanceof Failure && error.code === 'unavailable') return
      const errors = error instanceof UpgradeRefused ? error.errors : []
      const reason = reasonOf(upgrade, error)
      log.error(
        { ...brief(upgrade), tenant: tenant.slug, records: errors.length, err: error },
        'upgrade failed',
      )
      await fail(database, tenantId, upgrade.id, reason, errors)
    } finally {
      await bus.publish({ topic: 'tenant', tenantId })
    }
  }
}

/** Does so with some at a time. */
async function inParallel<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await task(item)
  }
  await Promise.all(Array.from({ length: PARALLEL }, worker))
}

function brief({ plugin, plan }: OpenUpgrade): { plugin: string; from: string; to: string } {
  return { plugin, from: plan.from, to: plan.to }
}
