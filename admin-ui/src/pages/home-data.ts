import type { EntityMeta, ShellEntity } from '@plinth/sdk'
import { api, type AnyRecord } from '@plinth/ui'

/** Records shown per entity at most; the page merges them by time. */
const RECENT = 6
/** Entities asked for; a workspace with more shows those that come first in the navigation. */
const ENTITIES = 8

export interface Overview {
  readonly entity: ShellEntity
  readonly total: number
  readonly recent: readonly { readonly record: AnyRecord; readonly label: string }[]
}

/** What a record is called, by the fields its entity names. */
function labelOf(meta: EntityMeta, record: AnyRecord): string {
  return meta.display
    .map((field) => record[field])
    .filter((value) => value !== null && value !== undefined && value !== '')
    .join(' ')
}

async function overviewOf(entity: ShellEntity, signal: AbortSignal): Promise<Overview> {
  const [plugin, name] = entity.id.split('.')
  const [page, meta] = await Promise.all([
    api.list(entity.api, { limit: RECENT, sort: '-updatedAt', count: true }, { signal }),
    api.get<EntityMeta>(`/api/v1/meta/${plugin}/${name}`, { signal }),
  ])
  const recent = page.items.map((record) => ({ record, label: labelOf(meta, record) }))
  return { entity, total: page.total ?? page.items.length, recent }
}

/** Counts and latest changes of the given entities. One that fails is left out, unless all fail. */
export async function overviews(
  entities: readonly ShellEntity[],
  signal: AbortSignal,
): Promise<readonly Overview[]> {
  const asked = await Promise.allSettled(
    entities.slice(0, ENTITIES).map((entity) => overviewOf(entity, signal)),
  )
  const failed = asked.find((answer) => answer.status === 'rejected')
  const found = asked.filter((answer) => answer.status === 'fulfilled').map(({ value }) => value)
  if (found.length === 0 && failed) throw failed.reason
  return found
}
