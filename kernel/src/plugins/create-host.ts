import { PluginProblem, type ForeignStore, type Host } from '@plinth/sdk'
import { countLive } from '../data/index.ts'
import type { InstalledPlugin } from './catalogue.ts'
import { featureId, hasFeature } from './features.ts'
import { entityStore, type AnyStore } from './entity-store.ts'
import type { Work } from './work.ts'

/**
 * Everything a plugin can reach, bound to the tenant and actor of a running transaction. There is no way to name another tenant.
 *
 * @param asActor limit records to what the actor may see, for code that answers requests
 */
export function createHost(work: Work, plugin: InstalledPlugin, asActor: boolean): Host {
  const { manifest } = plugin
  const { id, slug, name, tier, locale, timeZone } = work.tenant
  const log = work.log.child({ plugin: plugin.id, tenant: slug })
  return {
    tenant: { id, slug, name, tier, locale, timeZone },
    actor: work.actor,
    entities: ownStores(work, plugin, asActor),
    foreign: (entity) => foreignStore(work, plugin, entity, asActor),
    members: {
      list: () =>
        work.unit.run<{ id: string; name: string; email: string }>({
          text: `SELECT id, name, email FROM plinth.member WHERE tenant_id = $1 AND status = 'active' ORDER BY name COLLATE "und-x-icu", id`,
          values: [id],
        }),
    },
    events: {
      async emit(type, subject, data) {
        const declared = (manifest.events?.publishes ?? []).some((event) => event.type === type)
        if (!declared)
          throw new PluginProblem(
            'event_undeclared',
            `The manifest of ${plugin.id} does not publish ${type}.`,
          )
        work.unit.emit(type, subject, data)
      },
    },
    features: {
      isOn(feature) {
        if (!(manifest.features ?? []).some((each) => each.id === feature))
          throw new PluginProblem(
            'feature_undeclared',
            `The manifest of ${plugin.id} does not declare ${featureId(plugin.id, feature)}.`,
          )
        return hasFeature(work.view, plugin.id, feature)
      },
    },
    limits: { of: (limit) => limitOfPlugin(work, plugin, limit) },
    log: {
      info: (message, data) => log.info({ data }, message),
      warn: (message, data) => log.warn({ data }, message),
      error: (message, data) => log.error({ data }, message),
    },
    clock: { now: () => new Date(work.unit.now), today: () => work.unit.today },
  }
}

async function limitOfPlugin(work: Work, plugin: InstalledPlugin, name: string) {
  const declared = (plugin.manifest.limits ?? []).find(({ id }) => id === name)
  const model = declared && work.models.get(`${plugin.id}.${declared.counts}`)
  if (!model?.limit)
    throw new PluginProblem('undeclared', `The manifest of ${plugin.id} declares no limit ${name}.`)
  const { value } = work.unit.context.limitOf(model.limit)
  const used = await countLive({ work: work.unit, schema: work.tenant.schema }, model)
  return { value, used, left: value === null ? null : Math.max(0, value - used) }
}

function ownStores(work: Work, plugin: InstalledPlugin, asActor: boolean): Record<string, AnyStore> {
  const stores: Record<string, AnyStore> = {}
  for (const entity of Object.keys(plugin.manifest.entities ?? {})) {
    // Made when first used: most code touches one or two entities.
    Object.defineProperty(stores, entity, {
      enumerable: true,
      get: () => {
        const id = `${plugin.id}.${entity}`
        return entityStore(work, work.view.entities.get(id) ?? work.models.get(id)!, asActor)
      },
    })
  }
  return stores
}

const NOTHING: ForeignStore = {
  find: async () => [],
  get: async () => {
    throw new PluginProblem('not_found', 'There is no such record.')
  },
  count: async () => 0,
}

function foreignStore(work: Work, plugin: InstalledPlugin, entity: string, asActor: boolean): ForeignStore {
  const owner = entity.split('.')[0]!
  const declared = plugin.manifest.requires?.[owner] ?? plugin.manifest.uses?.[owner]
  if (declared === undefined)
    throw new PluginProblem(
      'undeclared',
      `The manifest of ${plugin.id} names ${owner} neither in requires nor in uses.`,
    )
  const model = work.view.entities.get(entity)
  if (!model) return NOTHING
  const store = entityStore(work, model, asActor, false)
  return {
    find: (options) => store.find(options),
    get: (id) => store.get(id),
    count: (filter) => store.count(filter),
  }
}
