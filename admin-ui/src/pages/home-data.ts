import type { ShellEntity } from '@plinth/sdk'
import { api, displayLabel, entityMeta, type AnyRecord } from '@plinth/ui'

/** Records shown per entity at most; the page merges them by time. */
const RECENT = 6
/** Entities asked for; a workspace with more shows those that come first in the navigation. */
const ENTITIES = 8

export interface Overview {
  readonly entity: ShellEntity
  readonly total: number
  readonly recent: readonly { readonly record: AnyRecord; readonly label: string }[]
}

async function overviewOf(entity: ShellEntity, signal: AbortSignal): Promise<Overview> {
  const [page, meta] = await Promise.all([
    api.list(entity.api, { limit: RECENT, sort: '-updatedAt', count: true }, { signal }),
    entityMeta(entity.id),
  ])
  const recent = page.items.map((record) => ({ record, label: displayLabel(meta.display, record) }))
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
