import { AsyncLocalStorage } from 'node:async_hooks'

const counter = new AsyncLocalStorage<{ count: number }>()

/** Runs `work` and counts the SQL statements sent meanwhile, transaction control included. */
export function countStatements<T>(work: () => T): T {
  return counter.run({ count: 0 }, work)
}

/** Statements sent so far within `countStatements`, or 0 outside of it. */
export function statementCount(): number {
  return counter.getStore()?.count ?? 0
}

export function noteStatements(count: number): void {
  const store = counter.getStore()
  if (store) store.count += count
}
