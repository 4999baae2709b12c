import { LRUCache } from 'lru-cache'
import {
  compileList,
  parseListQuery,
  type EntityModel,
  type ListQuery,
  type ReadScope,
  type Statement,
} from '../data/index.ts'
import type { HttpContext } from './environment.ts'
import { revealing } from './reveal.ts'
import type { HttpServices } from './services.ts'

/** A list that was asked for, and the statement that answers it. */
interface ListStatement {
  readonly query: ListQuery
  readonly statement: Statement
}

/** Longer questions are rare ones, and would take the memory of many. */
const MOST_CHARACTERS = 500

const known = new LRUCache<string, ListStatement>({ max: 1_000 })
const numbers = new WeakMap<ReadScope, number>()
let scopes = 0

/**
 * Checks and compiles a list. What someone asks for again, with the same rights, was compiled already: screens ask for little else than
 * their first pages.
 *
 * @throws Failure `query_invalid` | `cursor_invalid` | `permission_missing`
 */
export function listStatement(
  c: HttpContext,
  services: HttpServices,
  model: EntityModel,
  scope: ReadScope,
): ListStatement {
  const { search, searchParams } = new URL(c.req.url)
  const compile = (): ListStatement => {
    const query = parseListQuery(model, searchParams, c.get('tenant').id, services.cursors, scope)
    return { query, statement: compileList(query, revealing(c, model, query.reveal, scope)) }
  }
  // Where there are secrets, the scope is made for this request alone.
  if (scope.secrets || search.length > MOST_CHARACTERS) return compile()
  const key = `${numberOf(scope)} ${model.id} ${search}`
  const found = known.get(key)
  // Without a name it has not come often enough yet to be prepared, and is to be asked again whether it has.
  if (found?.statement.name !== undefined) return found
  const fresh = compile()
  if (fresh.query.after === undefined && fresh.query.reveal.length === 0)
    known.set(key, { ...fresh, statement: { ...fresh.statement, constant: true } })
  return fresh
}

/** A scope lasts as long as the actor's rights, the tenant's entities and the place of their tables are the same. */
function numberOf(scope: ReadScope): number {
  const number = numbers.get(scope) ?? (scopes += 1)
  numbers.set(scope, number)
  return number
}
