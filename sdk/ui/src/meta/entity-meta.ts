import type { EntityMeta } from '@plinth/sdk'
import { api } from '../api/client.ts'

const metas = new Map<string, Promise<EntityMeta>>()

/** Drops what is kept, because what members may do has changed. */
export function forgetEntityMetas(): void {
  metas.clear()
}

/** What lists and forms of an entity are drawn from. Kept for a minute: a page asks for the same entity many times. */
export function entityMeta(id: string): Promise<EntityMeta> {
  let found = metas.get(id)
  if (!found) {
    found = api.get<EntityMeta>(`/api/v1/meta/${id.replace('.', '/')}`)
    metas.set(id, found)
    const forget = (): unknown => metas.delete(id)
    found.then(() => setTimeout(forget, 60_000), forget)
  }
  return found
}

/** The values of the display fields: what a person calls the record. */
export function displayLabel(display: readonly string[], record: Readonly<Record<string, unknown>>): string {
  return display
    .map((name) => record[name])
    .filter((value) => value !== null && value !== undefined && value !== '')
    .join(' ')
}
