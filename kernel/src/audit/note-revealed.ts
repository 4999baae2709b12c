import type { Actor } from '@plinth/sdk'
import { answeredFor, newId, storeNotes, type Database, type EntityModel } from '../data/index.ts'

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
  const at = new Date()
  const audit = recordIds.map((subjectId) => ({
    id: newId(),
    at,
    actorKind: actor.kind,
    action: `${model.id}.revealed`,
    subjectType: model.id,
    subjectId,
    before: null,
    ...answeredFor(actor, { fields }),
    requestId,
  }))
  await database.query({ tenantId }, storeNotes(tenantId, { audit, events: [], deliveries: [] })!)
}
