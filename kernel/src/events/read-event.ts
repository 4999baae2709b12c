import type { PlinthEvent } from '@plinth/sdk'
import type { UnitOfWork } from '../data/index.ts'

/** Reads an event of the running transaction's tenant. */
export async function readEvent(work: UnitOfWork, id: string): Promise<PlinthEvent | undefined> {
  const [row] = await work.run<{ event: string }>({
    text: `SELECT json_build_object('id', id, 'type', type, 'time', time, 'actor', actor_id, 'subject', subject, 'data', data)::text AS event
           FROM plinth.outbox WHERE tenant_id = current_setting('plinth.tenant')::uuid AND id = $1::uuid`,
    values: [id],
  })
  return row === undefined ? undefined : (JSON.parse(row.event) as PlinthEvent)
}
