import type { EntityManager } from '@mikro-orm/postgresql'
import type { Statement } from '../database.ts'

/** Runs a compiled statement inside a running transaction. MikroORM numbers its placeholders by order, ours are numbered by name. */
export async function executeIn<R = Record<string, unknown>>(
  em: EntityManager,
  statement: Statement,
): Promise<R[]> {
  const values = statement.values ?? []
  const ordered: unknown[] = []
  const text = statement.text.replaceAll(/\$(\d+)/g, (_, index: string) => {
    ordered.push(values[Number(index) - 1])
    return '?'
  })
  return em.execute<R[]>(text, ordered)
}
