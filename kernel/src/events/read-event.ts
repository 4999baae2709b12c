import type { EntityManager } from '@mikro-orm/postgresql'
import type { PlinthEvent } from '@plinth/sdk'
import { executeIn } from '../data/index.ts'

/** Reads an event of the running transaction's tenant. */
export async function readEvent(em: EntityManager, id: string): Promise<PlinthEvent | undefined> {
  const [row] = await executeIn<{ event: string }>(em, {
    text: `SELECT json_build_object('id', id, 'type', type, 'time', time, 'actor', actor_id, 'subject', subject, 'data', data)::text AS event
           FROM plinth.outbox WHERE tenant_id = current_setting('plinth.tenant')::uuid AND id = $1::uuid`,
    values: [id],
  })
  return row === undefined ? undefined : (JSON.parse(row.event) as PlinthEvent)
}
