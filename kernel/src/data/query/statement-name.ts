import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'

/** A prepared statement costs memory in every connection until it ends, so only so many are ever named. */
const MAX_NAMES = 500

const seenOnce = new LRUCache<string, true>({ max: 1_000 })
const names = new Map<string, string>()

/**
 * Name under which a statement that keeps coming is prepared; nothing for a rare one. The name depends on the role too: one name
 * used by alternating roles would be planned anew each time.
 */
export function statementName(role: string, text: string): { name?: string } {
  const key = `${role}\n${text}`
  const known = names.get(key)
  if (known !== undefined) return { name: known }
  if (names.size >= MAX_NAMES || !seenOnce.has(key)) {
    seenOnce.set(key, true)
    return {}
  }
  const name = createHash('sha256').update(key).digest('base64url').slice(0, 32)
  names.set(key, name)
  return { name }
}
