import type { Readable } from 'node:stream'

/** Names an object: whose it is, and which. Both are ids the kernel has made; nothing in a key was chosen by anyone else. */
export interface ObjectKey {
  readonly tenant: string
  readonly id: string
}

/** Bytes from `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** What is known of a stored object. */
export interface StoredObject {
  readonly id: string
  readonly size: number
  readonly changedAt: Date
}

/** Where the bytes of files are. An object is written once and never changed. */
export interface Storage {
  /** Stores all bytes or none: an object is there when this has resolved, and not before. An object of that key is replaced. */
  put(key: ObjectKey, bytes: AsyncIterable<Uint8Array>): Promise<void>
  /** Its bytes, or some; undefined where there is no such object. */
  get(key: ObjectKey, range?: ByteRange): Promise<Readable | undefined>
  /** What there is, without its bytes. */
  find(key: ObjectKey): Promise<StoredObject | undefined>
  /** Removes an object, and what an interrupted `put` has left of it. Removing what is not there does nothing. */
  delete(key: ObjectKey): Promise<void>
  /** All objects of a tenant, in no order. */
  list(tenant: string): AsyncIterable<StoredObject>
}
