import type { Actor } from '@plinth/sdk'
import type { Access } from '../access/index.ts'
import {
  EntityValidator,
  pinpointed,
  UnitOfWork,
  type Bus,
  type Secrets,
  type TenantKeys,
  type Database,
  type EntityModel,
  type Home,
  type Models,
  type WorkContext,
  type WriteHooks,
} from '../data/index.ts'
import { limitFor } from '../entitlements/index.ts'
import { currentTenant, type Tenant } from '../tenancy/index.ts'
import type { PluginCatalogue } from './catalogue.ts'
import { hooksOf } from './hooks.ts'
import type { PluginView } from './plugin-view.ts'
import type { Logger } from 'pino'

/** In whose name, and for what, a transaction runs. */
export interface WorkOrder {
  readonly tenant: Tenant
  readonly view: PluginView
  readonly actor: Actor
  readonly access: Access
  readonly requestId?: string | undefined
  /** Database role; default: the kernel's. */
  readonly role?: string
  /** Nothing may change. Default: no. */
  readonly readOnly?: boolean
}

/** A running transaction with everything that plugin code and record changes need. */
export interface Work extends WorkOrder {
  readonly unit: UnitOfWork
  readonly models: Models
  readonly validator: EntityValidator
  readonly log: Logger
  /** Behaviour the plugin of an entity adds to its changes. */
  hooks(model: EntityModel): WriteHooks
  /** Runs a part of the work that may fail by itself: its changes are taken back, the rest of the transaction goes on. */
  part<T>(task: (work: Work) => Promise<T>): Promise<T>
}

/** Opens transactions, and wakes the event dispatcher after those that stored deliveries. */
export class Workshop {
  readonly #database: Database
  readonly #catalogue: PluginCatalogue
  readonly #bus: Bus
  readonly #log: Logger
  readonly #keys: TenantKeys
  readonly #validator = new EntityValidator()

  constructor({
    database,
    catalogue,
    bus,
    log,
    tenantKeys,
  }: {
    database: Database
    catalogue: PluginCatalogue
    bus: Bus
    log: Logger
    tenantKeys: TenantKeys
  }) {
    this.#keys = tenantKeys
    this.#catalogue = catalogue
    this.#database = database
    this.#bus = bus
    this.#log = log
  }

  /**
   * Runs `task` in one transaction. Everything it changes, notes and emits is committed together or not at all.
   *
   * @throws TenantContextMissing outside of `runInTenant`
   */
  async run<T>(order: WorkOrder, task: (work: Work) => Promise<T>): Promise<T> {
    if (currentTenant().id !== order.tenant.id)
      throw new Error('Work of one tenant was started in the name of another')
    const scope = { tenantId: order.tenant.id, ...(order.role === undefined ? {} : { role: order.role }) }
    // Before the transaction: one that waits for a second connection while it holds one may wait for ever.
    const { models, hasSecrets } = this.#catalogue
    const secrets = hasSecrets ? await this.#keys.of(order.tenant.id, models) : undefined
    let hasEvents = false
    const running = this.#database.transaction(scope, async (transaction, home) => {
      if (order.readOnly) transaction.later({ name: 'plinth_read_only', text: 'SET TRANSACTION READ ONLY' })
      const here = { ...order, tenant: { ...order.tenant, ...homeOf(home) } }
      const work = this.#open(here, new UnitOfWork(transaction, contextOf(here, secrets)))
      const answer = await task(work)
      work.unit.complete()
      hasEvents = work.unit.hasEvents
      return answer
    })
    const result = await running.catch(async (error: unknown) => {
      // Only outside of the transaction, which is lost, can all references that lead nowhere be found. Without that the refusal is as true.
      throw await pinpointed(error, (statement) => this.#database.query(scope, statement)).catch(() => error)
    })
    if (hasEvents) this.#bus.knock(order.tenant.id)
    return result
  }

  #open(order: WorkOrder, unit: UnitOfWork): Work {
    const work: Work = {
      ...order,
      unit,
      models: order.view.models,
      validator: this.#validator,
      log: this.#log,
      hooks: (model) => hooksOf(work, model),
      part: (task) =>
        unit
          .part((part) => task(this.#open(order, part)))
          .catch(async (error: unknown) => {
            throw await pinpointed(error, (statement) => unit.run(statement))
          }),
    }
    return work
  }
}

function contextOf(
  { tenant, actor, requestId, view, role, readOnly = false }: WorkOrder,
  secrets: Secrets | undefined,
): WorkContext {
  return {
    tenantId: tenant.id,
    timeZone: tenant.timeZone,
    role: role ?? '',
    actor,
    requestId,
    secrets,
    readOnly,
    consumersOf: (type) => view.consumers.get(type) ?? [],
    limitOf: (limit) => limitFor(limit, tenant.tier, view.limitOverrides.get(limit.id)),
  }
}

/** It may have moved since the request began. */
function homeOf({ level, server, database, schema, epoch }: Home): Home {
  return { level, server, database, schema, epoch }
}
