import { createHash, randomBytes } from 'node:crypto'
import { SealBroken, type Vault } from '../crypto/index.ts'
import type { Database } from '../data/index.ts'

const PURPOSE = 'sign-on answer'
const SECONDS = 120

/** Keeps what a provider had the browser post, until the browser fetches it; the handle fetches it once. */
export async function keepPosted(
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  tenantId: string,
  provider: string,
  content: string,
): Promise<string> {
  const handle = randomBytes(32).toString('base64url')
  await database.query(
    { tenantId },
    {
      text: `WITH old AS (DELETE FROM plinth.sign_on_answer WHERE tenant_id = $1 AND ends_at < now())
             INSERT INTO plinth.sign_on_answer (tenant_id, handle, content, ends_at) VALUES ($1, $2, $3, now() + make_interval(secs => $4))`,
      values: [tenantId, digest(handle), vault.seal(PURPOSE, `${tenantId}|${provider}`, content), SECONDS],
    },
  )
  return handle
}

/** Undefined when it was fetched already, is too old or was not of this provider. */
export async function takePosted(
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  tenantId: string,
  provider: string,
  handle: string,
): Promise<string | undefined> {
  const [row] = await database.query<{ content: Buffer }>(
    { tenantId },
    {
      text: 'DELETE FROM plinth.sign_on_answer WHERE tenant_id = $1 AND handle = $2 AND ends_at > now() RETURNING content',
      values: [tenantId, digest(handle)],
    },
  )
  if (!row) return undefined
  try {
    return vault.open(PURPOSE, `${tenantId}|${provider}`, row.content)
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}

function digest(handle: string): Buffer {
  return createHash('sha256').update(handle).digest()
}
