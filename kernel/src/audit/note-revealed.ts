import type { Actor } from '@plinth/sdk'
import { newId, type Database, type EntityModel } from '../data/index.ts'

/** Somebody has been shown what masks hide. */
export interface Revealed {
  readonly model: EntityModel
  readonly tenantId: string
  readonly actor: Actor
  readonly requestId: string
  /** Names of the fields. */
  readonly fields: readonly string[]
  readonly recordIds: readonly string[]
}

/** Notes a sensitive read in the audit log, one entry for each record. To be awaited before the answer leaves. */
export async function noteRevealed(database: Database, revealed: Revealed): Promise<void> {
  const { model, tenantId, actor, requestId, fields, recordIds } = revealed
  if (recordIds.length === 0) return
  await database.query(
    { tenantId },
    {
      name: 'plinth_revealed',
      text: `INSERT INTO plinth.audit (tenant_id, id, at, actor_kind, actor_id, action, subject_type, subject_id, after, request_id)
        SELECT $1, e.id, now(), $2, $3, $4, $5, e.subject, $6::jsonb, $7 FROM unnest($8::uuid[], $9::text[]) AS e (id, subject)`,
      values: [
        tenantId,
        actor.kind,
        actor.id,
        `${model.id}.revealed`,
        model.id,
        JSON.stringify({ fields }),
        requestId,
        recordIds.map(() => newId()),
        recordIds,
      ],
    },
  )
}
