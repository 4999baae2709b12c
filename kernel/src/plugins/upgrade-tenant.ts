import type { UpgradeError } from '@plinth/sdk'
import semver from 'semver'
import { Access } from '../access/index.ts'
import {
  advance,
  beginAttempt,
  beginBackfill,
  countRecords,
  entitiesToVisit,
  EntityValidator,
  findDuplicates,
  finish,
  holdUpgrade,
  incompleteIds,
  markTrash,
  MAX_ERRORS,
  modelsOfShape,
  nextIds,
  pluginRole,
  upgradeRecords,
  type Batch,
  type OpenUpgrade,
} from '../data/index.ts'
import { runInTenant, type Tenant } from '../tenancy/index.ts'
import type { InstalledPlugin, PluginCatalogue } from './catalogue.ts'
import { createHost } from './create-host.ts'
import { runPluginCode } from './plugin-crash.ts'
import { buildView, type PluginView } from './plugin-view.ts'
import { releaseDeliveries } from './store-state.ts'
import type { Work, WorkOrder, Workshop } from './work.ts'

/** The new version does not accept some of a tenant's records. */
export class UpgradeRefused extends Error {
  override readonly name = 'UpgradeRefused'
  readonly errors: readonly UpgradeError[]

  constructor(errors: readonly UpgradeError[]) {
    super('Some records are not accepted')
    this.errors = errors
  }
}

interface Place {
  readonly entity: number
  readonly cursor: string | null
}

/** Thrown to take back a batch that was only to be looked at. */
class Looked extends Error {
  readonly next: Place | undefined
  readonly errors: readonly UpgradeError[]

  constructor(next: Place | undefined, errors: readonly UpgradeError[]) {
    super('looked')
    this.next = next
    this.errors = errors
  }
}

type Json = Record<string, unknown>
type Handlers = Readonly<Record<string, ((record: Json, host: unknown) => Json | Promise<Json>) | undefined>>

/** Brings the records of one tenant to the new version of a plugin, batch by batch; each is a transaction with its note in the ledger. */
export class TenantUpgrade {
  readonly #workshop: Workshop
  readonly #plugin: InstalledPlugin
  readonly #order: WorkOrder
  readonly #upgrade: OpenUpgrade
  readonly #validator = new EntityValidator()

  constructor(
    { workshop, catalogue }: { workshop: Workshop; catalogue: PluginCatalogue },
    tenant: Tenant,
    upgrade: OpenUpgrade,
    view: PluginView,
  ) {
    this.#workshop = workshop
    this.#upgrade = upgrade
    this.#plugin = catalogue.plugins.get(upgrade.plugin)!
    this.#order = {
      tenant,
      view: {
        ...buildView(catalogue, new Set([...view.ids, upgrade.plugin]), new Set(), view.off),
        limitOverrides: view.limitOverrides,
      },
      actor: { kind: 'system', id: null, name: 'Plinth' },
      access: new Access(undefined),
      role: pluginRole(upgrade.plugin),
    }
  }

  /**
   * Goes on where the ledger says, until all is done or `goOn` says no.
   *
   * @returns whether the tenant is done; false when another node is at it, or it was told to stop
   * @throws UpgradeRefused with everything the new version does not accept, up to a hundred values
   */
  async run(goOn: () => boolean): Promise<boolean> {
    if (!(await this.#in((work) => this.#begin(work)))) return false
    for (;;) {
      if (!goOn()) return false
      let outcome: 'more' | 'done' | 'held'
      try {
        outcome = await this.#in((work) => this.#step(work))
      } catch (error) {
        if (!(error instanceof Looked)) throw error
        throw new UpgradeRefused(await this.#lookIntoTrash(await this.#lookFurther(error, goOn)))
      }
      if (outcome !== 'more') return outcome === 'done'
    }
  }

  #in<T>(task: (work: Work) => Promise<T>): Promise<T> {
    return runInTenant(this.#order.tenant, () => this.#workshop.run(this.#order, task))
  }

  async #begin({ unit }: Work): Promise<boolean> {
    const { id } = this.#order.tenant
    const held = await holdUpgrade(unit, id, this.#upgrade.id)
    if (!held || held.state === 'done') return false
    const { place, plan } = this.#upgrade
    await beginAttempt(
      unit,
      id,
      this.#upgrade.id,
      await countRecords(unit, id, place.schema, entitiesToVisit(plan)),
    )
    return true
  }

  async #step(work: Work): Promise<'more' | 'done' | 'held'> {
    const { unit } = work
    const { id } = this.#order.tenant
    const held = await holdUpgrade(unit, id, this.#upgrade.id)
    if (!held || held.state !== 'running') return 'held'
    const { next, errors, records } = await this.#visit(work, held, held.phase === 'check')
    if (errors.length > 0) throw new Looked(next, errors)
    if (next) {
      await advance(unit, id, this.#upgrade.id, { ...next, done: records })
      return 'more'
    }
    await finish(unit, id, this.#upgrade.id)
    if (held.phase !== 'backfill') return 'done'
    await releaseDeliveries(work, this.#upgrade.plugin)
    unit.audit({
      action: 'plugin.upgraded',
      subjectType: 'plugin',
      subjectId: this.#upgrade.plugin,
      before: { version: this.#upgrade.plan.from },
      after: { version: this.#upgrade.plan.to },
    })
    return 'done'
  }

  /** Looks at the batches behind the first one that was refused, so that everything can be put right at once. */
  async #lookFurther(first: Looked, goOn: () => boolean): Promise<readonly UpgradeError[]> {
    const errors = [...first.errors]
    let next = first.next
    while (next && errors.length < MAX_ERRORS && goOn()) {
      const place = next
      try {
        await this.#in(async (work) => {
          const visited = await this.#visit(work, place, false)
          throw new Looked(visited.next, visited.errors)
        })
      } catch (error) {
        if (!(error instanceof Looked)) throw error
        errors.push(...error.errors)
        next = error.next
      }
    }
    return errors.slice(0, MAX_ERRORS)
  }

  /** What was refused, after all of it has been taken back. */
  #lookIntoTrash(errors: readonly UpgradeError[]): Promise<readonly UpgradeError[]> {
    return this.#in(async (work) => {
      let marked = errors
      for (const entity of entitiesToVisit(this.#upgrade.plan))
        marked = await markTrash(this.#batch(work, entity), marked)
      return marked
    })
  }

  /** @param again whether the records have been brought along before, so that code is only for those that lack a value */
  async #visit(
    work: Work,
    { entity: position, cursor }: Place,
    again: boolean,
  ): Promise<{ next: Place | undefined; errors: readonly UpgradeError[]; records: number }> {
    const { unit } = work
    await beginBackfill(unit)
    const entity = entitiesToVisit(this.#upgrade.plan)[position]
    if (!entity) return { next: undefined, errors: [], records: 0 }
    const batch = this.#batch(work, entity)
    const ids = await nextIds(batch, cursor)
    if (ids.length === 0)
      return {
        next: { entity: position + 1, cursor: null },
        errors: await findDuplicates(batch),
        records: 0,
      }
    const forCode = new Set(!batch.code ? [] : again ? await incompleteIds(batch, ids) : ids)
    const errors = await upgradeRecords(batch, ids, forCode)
    return { next: { entity: position, cursor: ids.at(-1)! }, errors, records: ids.length }
  }

  #batch(work: Work, entity: Batch['entity']): Batch {
    const { plugin, place, shape, former } = this.#upgrade
    const manifest = { ...this.#plugin.manifest, id: plugin }
    const code = this.#code(work, entity)
    const models = modelsOfShape(manifest, shape)
    return {
      unit: work.unit,
      tenantId: this.#order.tenant.id,
      schema: place.schema,
      entity,
      models,
      model: models.get(`${plugin}.${entity.entity}`)!,
      former: modelsOfShape(manifest, former).get(`${plugin}.${entity.was}`)!,
      validator: this.#validator,
      code,
    }
  }

  /** Upgrades of all versions in between, each on what the one before has made of the record. */
  #code(work: Work, { entity, byCode }: Batch['entity']): Batch['code'] {
    if (!byCode) return undefined
    const { plan, plugin } = this.#upgrade
    const upgrades = (this.#plugin.definition?.handlers.upgrades ?? {}) as Readonly<Record<string, Handlers>>
    const steps = Object.entries(upgrades)
      .filter(([version]) => semver.gt(version, plan.from) && semver.lte(version, plan.to))
      .toSorted(([left], [right]) => semver.compare(left, right))
      .flatMap(([, entities]) => entities[entity] ?? [])
    const host = createHost(work, this.#plugin, false)
    return async (record) => {
      let changes: Json = {}
      for (const step of steps)
        changes = {
          ...changes,
          ...(await runPluginCode(plugin, () => step({ ...record, ...changes }, host))),
        }
      return changes
    }
  }
}
