import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { SealBroken, seal, unseal } from './sealed-value.ts'

/** Bytes of every key. */
const LENGTH = 32

/** The key ring is not usable, or lacks a key. The message never repeats a key. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError'
}

/** A key under the wrapping of a key-encryption key. */
export interface WrappedKey {
  /** Id of the key-encryption key. */
  readonly kek: string
  readonly wrapped: Buffer
}

/**
 * The key-encryption keys of a platform. The first is the current one; the others open what was wrapped before. Behind them stands a key
 * derived from the root secret, so that a platform without a ring of its own has one, and can leave it behind by re-wrapping.
 */
export class KeyRing {
  readonly #secret: KeyObject
  readonly #read: () => string
  readonly #add: ((line: string) => void) | undefined
  #keys: ReadonlyMap<string, KeyObject>

  /**
   * @param secret root secret of the platform
   * @param read gives the ring as text: one `<id>:<32 bytes in base64>` each line or word, the current one first, `#` before remarks. Read
   * again when a key is missing, so that a file may change while the platform runs
   * @param add puts a line in front, where the ring is the platform's own
   * @throws KeyRingError
   */
  constructor(secret: string, read: () => string = () => '', add?: (line: string) => void) {
    this.#secret = createSecretKey(
      Buffer.from(hkdfSync('sha256', secret, '', 'plinth key encryption', LENGTH)),
    )
    this.#read = read
    this.#add = add
    this.#keys = this.#load()
  }

  /** Ring of a file. @throws KeyRingError */
  static fromFile(secret: string, file: string, add?: (line: string) => void): KeyRing {
    const read = (): string => {
      try {
        return readFileSync(file, 'utf8')
      } catch (cause) {
        throw new KeyRingError(`The key ring ${file} cannot be read: ${(cause as Error).message}`, { cause })
      }
    }
    return new KeyRing(secret, read, add)
  }

  /** Ids of the keys it has, the current one first. */
  get ids(): readonly string[] {
    return [...this.#keys.keys()]
  }

  /** Whether the platform itself keeps it, in a file that all its processes share. */
  get isOwn(): boolean {
    return this.#add !== undefined
  }

  /** Makes a new current key. False where the ring is someone else's to change. */
  renew(now: Date): boolean {
    if (!this.#add) return false
    this.#add(newRingKey(now))
    this.reload()
    return true
  }

  /** Id of the key that new wrappings are made with. */
  get current(): string {
    return this.#keys.keys().next().value!
  }

  /** Takes keys over that were added meanwhile. @throws KeyRingError */
  reload(): void {
    this.#keys = this.#load()
  }

  /** @param place what the key is for; unwrapping takes the same */
  wrap(key: KeyObject, place: string): WrappedKey {
    const kek = this.current
    return { kek, wrapped: seal(this.#keys.get(kek)!, 1, key.export().toString('base64'), place) }
  }

  /** @throws KeyRingError when the ring lacks the key, or the wrapping was made for something else */
  unwrap({ kek, wrapped }: WrappedKey, place: string): KeyObject {
    if (!this.#keys.has(kek)) this.reload()
    const key = this.#keys.get(kek)
    if (!key) throw new KeyRingError(`The key ring has no key "${kek}"`)
    try {
      return createSecretKey(Buffer.from(unseal(key, wrapped, place), 'base64'))
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error
      throw new KeyRingError(`What "${kek}" is said to have wrapped does not open with it`, { cause: error })
    }
  }

  #load(): ReadonlyMap<string, KeyObject> {
    const keys = new Map<string, KeyObject>()
    const text = this.#read().replaceAll(/#.*$/gm, '')
    for (const [index, entry] of text.split(/\s+/).filter(Boolean).entries()) {
      const [, id, base64] = /^([A-Za-z0-9_-]{1,40}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry) ?? []
      const bytes = Buffer.from(base64 ?? '', 'base64')
      if (id === undefined || bytes.length !== LENGTH)
        throw new KeyRingError(`Key ${index + 1} of the key ring is not "<id>:<32 bytes in base64>"`)
      if (keys.has(id) || id === SECRET_ID) throw new KeyRingError(`The key ring has two keys "${id}"`)
      keys.set(id, createSecretKey(bytes))
    }
    return keys.set(SECRET_ID, this.#secret)
  }
}

/** Id of the key that follows from the root secret. */
const SECRET_ID = 'secret'

/** A new line for a key ring, named after the day it was made. */
export function newRingKey(now: Date): string {
  const id = `k${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(2).toString('hex')}`
  return `${id}:${randomBytes(LENGTH).toString('base64')}`
}

/** A new data key. */
export function newKey(): KeyObject {
  return createSecretKey(randomBytes(LENGTH))
}
