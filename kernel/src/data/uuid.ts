import { getRandomValues } from 'node:crypto'
import { v7 } from 'uuid'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether the value is an id in the form of RFC 9562. What is none names no record, and never reaches a cast in SQL. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}

/** Random bytes are fetched for many ids at once: asking the system each time took longer than all the rest of an id. */
const pool = new Uint8Array(256 * 16)
let used = pool.length

function randomness(): Uint8Array {
  if (used === pool.length) {
    getRandomValues(pool)
    used = 0
  }
  used += 16
  return pool.subarray(used - 16, used)
}

/** Moment of the latest id in milliseconds since 1970, and its place in that millisecond. */
let msecs = 0
let seq = 0

/**
 * A new id, UUID version 7 (RFC 9562): in the order of time, and those of one process in the order they were made in, also within a
 * millisecond. What is noted of changes is put in order by it.
 */
export function newId(): string {
  const random = randomness()
  const now = Date.now()
  if (now > msecs) {
    msecs = now
    // 31 of its 32 bits, so that there is room to count on.
    seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1
  } else seq += 1
  return v7({ msecs, seq, random })
}
