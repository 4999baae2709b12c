import type { Actor } from '@plinth/sdk'
import { newId, type Database } from '../data/index.ts'

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
  const { tenantId, actor, action, subjectType, subjectId, after, requestId } = read
  await database.query(
    { tenantId },
    {
      name: 'plinth_note_read',
      text: `INSERT INTO plinth.audit (tenant_id, id, at, actor_kind, actor_id, action, subject_type, subject_id, after, request_id)
        VALUES ($1, $2, now(), $3, $4, $5, $6, $7, $8, $9)`,
      values: [
        tenantId,
        newId(),
        actor.kind,
        actor.id,
        action,
        subjectType,
        subjectId,
        JSON.stringify(after),
        requestId ?? null,
      ],
    },
  )
}
