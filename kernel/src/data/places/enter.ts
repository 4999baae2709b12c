import { LRUCache } from 'lru-cache'
import type { Statement } from '../pipeline.ts'
import type { Home } from './home.ts'

/** The tenant does not live where the statement was sent. Found out before anything else is done there. */
export class TenantElsewhere extends Error {
  override readonly name = 'TenantElsewhere'
}

/**
 * The tenant has moved to tables of another name since the statement was written. Whoever wrote it writes it again: a request that only
 * reads begins anew.
 */
export class WrittenForElsewhere extends Error {
  override readonly name = 'WrittenForElsewhere'
}

/** Leaves the tenants: the platform's own statements. */
const OUTSIDE = {
  name: 'plinth_outside',
  text: `SELECT set_config('plinth.tenant', $1, true), set_config('role', $2, true)`,
}

/** Reading goes on where it is while a tenant moves, until the moment of the move. */
const READING = {
  name: 'plinth_reading',
  text: `SELECT set_config('plinth.tenant', t.id::text, true), set_config('role', $3, true) FROM plinth.tenant t WHERE t.id = $1::uuid AND t.epoch = $2::int`,
}

/** The same for a statement whose plan suits whatever values it comes with. */
const READING_PLANNED = {
  name: 'plinth_reading_planned',
  text: READING.text.replace('SELECT ', `SELECT set_config('plan_cache_mode', 'force_generic_plan', true), `),
}

/** Whoever changes something keeps the tenant from moving until the transaction ends. */
const CHANGING = {
  name: 'plinth_changing',
  text: `SELECT set_config('plinth.tenant', $1::text, true), set_config('role', $3, true) WHERE plinth.enter($1::uuid, $2::int)`,
}

const ENTRANCES = { reading: READING, planned: READING_PLANNED, changing: CHANGING }

/** What is to be done with the tenant: `planned` is reading by a statement that is planned once. */
export type Entrance = keyof typeof ENTRANCES

/** The same statement again and again: it is turned into bytes once. */
const entrances = new LRUCache<string, Statement>({ max: 2_000 })

function remembered(
  kind: { readonly name: string; readonly text: string },
  values: readonly unknown[],
): Statement {
  const key = `${kind.name} ${values.join(' ')}`
  let statement = entrances.get(key)
  if (!statement) {
    statement = { ...kind, values, constant: true }
    entrances.set(key, statement)
  }
  return statement
}

/** The statement that gives those after it a tenant and a role, until the transaction ends. No row: the tenant is not here. */
export function enter(home: Home, tenantId: string, role: string, kind: Entrance): Statement {
  return remembered(ENTRANCES[kind], [tenantId, home.epoch, role])
}

/** The same without asking whether the tenant lives there, for the platform's own statements. Default: no tenant at all. */
export function stayOutside(role: string, tenantId = ''): Statement {
  return remembered(OUTSIDE, [tenantId, role])
}

/** What a statement does with the tenant: one that is no SELECT may change something. */
export function entranceFor({ text, plannedOnce }: Statement): Entrance {
  if (!/^\s*SELECT\b/i.test(text)) return 'changing'
  return plannedOnce ? 'planned' : 'reading'
}

/** Whether a statement was written for tables in the schema of this home, and would not find them in another's. */
export function isWrittenFor(home: Home, other: Home, text: string): boolean {
  return home.schema !== other.schema && text.includes(`${home.schema}.`)
}
