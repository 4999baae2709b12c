import type { Actor } from '@plinth/sdk'
import { BY_ITSELF, storeEntry, type Database } from '../data/index.ts'

/** Something that was read and is worth remembering. */
export interface SensitiveRead {
  readonly tenantId: string
  readonly actor: Actor
  readonly action: string
  /** Entity id. */
  readonly subjectType: string
  readonly subjectId: string
  readonly after: unknown
  readonly requestId: string | undefined
}

/** Stores an audit entry about reading, which has no transaction of its own. */
export async function noteRead(database: Database, read: SensitiveRead): Promise<void> {
  const { tenantId, actor, requestId = null, ...entry } = read
  await database.query({ tenantId }, storeEntry(tenantId, { ...BY_ITSELF, actor, requestId }, entry))
}
