import type { ClientRow } from '../../identity/index.ts'
import type { HttpServices } from '../services.ts'
import { OAuthRefusal } from './refusal.ts'

/** @param seconds until the program may ask again */
export function tooOften(seconds: number): OAuthRefusal {
  return new OAuthRefusal('slow_down', 'More tokens than the client may have in a minute.', {
    'retry-after': String(seconds),
  })
}

/**
 * Counts a token in a client's own name like any other request it makes: each leaves an entry in the audit log, and must not fill it.
 *
 * @throws OAuthRefusal `slow_down`
 */
export async function keepRate({ rates }: HttpServices, tenantId: string, client: ClientRow): Promise<void> {
  const { exceeded, reset } = await rates.take(tenantId, client.id, client.per_minute)
  if (exceeded) throw tooOften(reset)
}
