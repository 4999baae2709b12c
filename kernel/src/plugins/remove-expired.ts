import type { Logger } from 'pino'
import { Access } from '../access/index.ts'
import { purgeRecord, requireTrash, type Database, type EntityModel, type TrashModel } from '../data/index.ts'
import { Failure } from '../errors.ts'
import { runInTenant, type Tenant, type Tenants } from '../tenancy/index.ts'
import type { PluginView } from './plugin-view.ts'
import type { PluginStates } from './tenant-plugins.ts'
import type { Workshop } from './work.ts'

interface Needs {
  readonly database: Database
  readonly tenants: Tenants
  readonly states: PluginStates
  readonly workshop: Workshop
  readonly log: Logger
}

/** Removed of one tenant at a time; what is left waits for the next round. */
const MOST = 500

/** Removes for good what has been in the trash for longer than its entity keeps it. What others in the trash refer to waits for them. */
export async function removeExpired(needs: Needs): Promise<number> {
  let removed = 0
  for (const tenant of await needs.tenants.all()) {
    try {
      const { view } = await needs.states.of(tenant)
      for (const { entity, id } of await expired(needs.database, tenant, view))
        if (await remove(needs, tenant, view, view.entities.get(entity)!, id)) removed += 1
    } catch (error) {
      // Its database is away, or it has just moved: its turn comes in the next round, the others' now.
      needs.log.error({ tenant: tenant.slug, err: error }, 'trash not looked into')
    }
  }
  return removed
}

async function expired(
  database: Database,
  tenant: Tenant,
  view: PluginView,
): Promise<{ entity: string; id: string }[]> {
  const trashes = [...view.entities.values()].flatMap(({ trash }) => trash ?? [])
  if (trashes.length === 0) return []
  // Of the plugins that are on: switching one off keeps everything it has.
  const parts = trashes.map((trash) => expiredSql(trash, tenant.schema))
  return database.query(
    { tenantId: tenant.id },
    { text: `SELECT entity, id FROM (${parts.join(' UNION ALL ')}) s ORDER BY deleted_at LIMIT ${MOST}` },
  )
}

function expiredSql({ id, table, keepDays }: TrashModel, schema: string): string {
  return `SELECT '${id}' AS entity, id, deleted_at FROM ${schema}.${table}
    WHERE tenant_id = current_setting('plinth.tenant')::uuid AND deleted_at IS NOT NULL AND deleted_with IS NULL
      AND deleted_at < now() - make_interval(days => ${Math.trunc(keepDays)})`
}

/** Each by itself, so that one that cannot go holds up no other. */
async function remove(
  { workshop, log }: Needs,
  tenant: Tenant,
  view: PluginView,
  model: EntityModel,
  id: string,
): Promise<boolean> {
  const actor = { kind: 'system', id: null, name: 'housekeeping' } as const
  const order = { tenant, view, actor, access: new Access(undefined), role: model.role }
  try {
    await runInTenant(tenant, () =>
      workshop.run(order, (work) =>
        purgeRecord(
          requireTrash({
            work: work.unit,
            model,
            models: work.models,
            schema: work.tenant.schema,
            validator: work.validator,
            hooks: {},
            readable: true,
            writable: true,
            rows: () => true,
            asPlugin: true,
          }),
          id,
        ),
      ),
    )
    return true
  } catch (error) {
    // Gone or restored in between, by another worker or by a person, or still referred to.
    if (!(error instanceof Failure) || error.status >= 500)
      log.error({ tenant: tenant.slug, entity: model.id, err: error }, 'not removed from the trash')
    return false
  }
}
