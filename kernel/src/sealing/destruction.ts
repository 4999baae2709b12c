import { createHash } from 'node:crypto'
import { Failure } from '../errors.ts'
import type { KeyOperations } from '../data/index.ts'
import type { Tenant } from '../tenancy/index.ts'

/** What the destruction of a tenant's keys would mean, for a person to read before they confirm it. */
export interface Destruction {
  readonly tenant: string
  readonly slug: string
  /** Keys that would be destroyed. */
  readonly keys: number
  /**
   * Key-encryption keys under which they are wrapped. Copies of the database made before hold the wrapped keys: those open no more once these
   * keys have left the ring, which others must leave first.
   */
  readonly keks: readonly string[]
  /** To be sent back, with the name of the tenant, to confirm exactly this. */
  readonly hash: string
}

/** @throws Failure `not_found` when the tenant has no keys | `key_destroyed` */
export async function planDestruction(operations: KeyOperations, { id, slug }: Tenant): Promise<Destruction> {
  const { keys } = await operations.status(id)
  if (keys.length === 0) throw new Failure('not_found')
  const alive = keys.filter(({ state }) => state !== 'destroyed')
  if (alive.length === 0) throw new Failure('key_destroyed')
  const facts = alive.map(({ purpose, number, kek, state }) => [purpose, number, kek, state])
  const hash = createHash('sha256')
    .update(JSON.stringify([id, slug, facts]))
    .digest('base64url')
  return { tenant: id, slug, keys: alive.length, keks: [...new Set(alive.map(({ kek }) => kek))], hash }
}

/**
 * Destroys a tenant's keys: what they sealed can never be read again.
 *
 * @param confirmed name and hash of the plan that was read
 * @throws Failure `validation_failed` when the name is another one | `plan_stale` when the keys have changed since
 */
export async function destroyKeys(
  operations: KeyOperations,
  tenant: Tenant,
  confirmed: { readonly slug: string; readonly hash: string },
): Promise<void> {
  const plan = await planDestruction(operations, tenant)
  if (confirmed.slug !== tenant.slug)
    throw new Failure('validation_failed', {
      errors: [{ pointer: '/slug', code: 'confirm', detail: 'Repeat the name of the tenant.' }],
    })
  if (confirmed.hash !== plan.hash) throw new Failure('plan_stale')
  await operations.destroy(tenant.id)
}
