import type { KeyObject } from 'node:crypto'
import { blindIndex, keyNumberOf, seal, SealBroken, unsealBytes } from '../../crypto/index.ts'
import { Failure } from '../../errors.ts'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'

/** The opened keys of one tenant. */
export interface TenantKeySet {
  readonly destroyed: boolean
  /** Data keys by number; values sealed with an earlier one stay readable. */
  readonly data: ReadonlyMap<number, KeyObject>
  /** Number of the data key that is used for what is written now. */
  readonly current: number
  /** Root of the blind indexes. It stays when the data key changes: else equal values would no longer be found equal. */
  readonly index: KeyObject | undefined
  /** Those whose key-encryption key the ring lacks: its id by `data 1`, `index 1`. */
  readonly locked: ReadonlyMap<string, string>
}

/** A record with values that do not open where they stand. */
export interface Damage {
  /** Entity id. */
  readonly entity: string
  readonly id: string
  readonly fields: readonly string[]
  /** Tells one damage of these fields from another. */
  readonly mark: string
}

/** What opening a value comes to: its text; nothing, because it is lost for good; or nothing until the key ring is complete. */
export type Opened = { readonly text: string } | { readonly lost: 'damaged' | 'destroyed' | 'locked' }

interface CipherNeeds {
  readonly tenantId: string
  readonly keys: TenantKeySet
  /** The keys as of now, past the cache: another node may have made a new one a moment ago. */
  readonly reload: () => Promise<TenantKeySet>
  /** Told of every record with values that do not open where they stand. */
  readonly alarm: (damage: Damage) => void
}

/** Numbers that were looked for in vain since a key set was read: damaged values name keys that never were. */
const inVain = new WeakMap<TenantKeySet, Set<number>>()

/** Seals and opens the values of one tenant. What a value belongs to is tenant, table, column and record, never a schema or database: tenants move. */
export class TenantCipher {
  readonly #needs: CipherNeeds

  constructor(needs: CipherNeeds) {
    this.#needs = needs
  }

  seal(model: EntityModel, field: FieldModel, id: string, text: string): Buffer {
    return this.#seal(text, this.#place(model, field, id))
  }

  async open(model: EntityModel, field: FieldModel, id: string, sealed: Buffer): Promise<Opened> {
    try {
      return { text: (await this.#open(sealed, this.#place(model, field, id))).toString('utf8') }
    } catch (error) {
      if (error instanceof SealBroken) return { lost: 'damaged' }
      if (!isWithoutKey(error)) throw error
      return { lost: error.code === 'key_destroyed' ? 'destroyed' : 'locked' }
    }
  }

  /** Has people told of a record whose values do not open where they stand. */
  alarm(damage: Damage): void {
    this.#needs.alarm(damage)
  }

  blind(model: EntityModel, field: FieldModel, value: string): Buffer {
    return blindIndex(this.#index(), `${model.table}|${field.column}`, value)
  }

  sealBytes(content: string | Buffer, place: string): Buffer {
    return this.#seal(content, `${this.#needs.tenantId}|${place}`)
  }

  async openBytes(sealed: Buffer, place: string): Promise<Buffer> {
    try {
      return await this.#open(sealed, `${this.#needs.tenantId}|${place}`)
    } catch (error) {
      throw error instanceof SealBroken ? new Failure('ciphertext_invalid', { cause: error }) : error
    }
  }

  digest(text: string, place: string): string {
    return blindIndex(this.#index(), place, text).toString('base64url')
  }

  #place(model: EntityModel, field: FieldModel, id: string): string {
    return `${this.#needs.tenantId}|${model.table}|${field.column}|${id}`
  }

  #seal(content: string | Buffer, place: string): Buffer {
    const { data, current, destroyed } = this.#needs.keys
    if (destroyed) throw new Failure('key_destroyed')
    const key = data.get(current)
    if (!key) throw new Failure('key_unavailable')
    return seal(key, current, content, place)
  }

  async #open(sealed: Buffer, place: string): Promise<Buffer> {
    const { keys } = this.#needs
    if (keys.destroyed) throw new Failure('key_destroyed')
    const number = keyNumberOf(sealed)
    const key = keys.data.get(number) ?? (await this.#lookAgain(number))
    if (!key) throw new SealBroken('There is no key of this number')
    return unsealBytes(key, sealed, place)
  }

  async #lookAgain(number: number): Promise<KeyObject | undefined> {
    const { keys, reload } = this.#needs
    const known = inVain.get(keys) ?? new Set()
    inVain.set(keys, known)
    if (known.has(number)) return undefined
    const now = keys.locked.has(`data ${number}`) ? keys : await reload()
    if (now.locked.has(`data ${number}`)) throw new Failure('key_unavailable')
    if (!now.data.has(number)) known.add(number)
    return now.data.get(number)
  }

  #index(): KeyObject {
    const { index, destroyed } = this.#needs.keys
    if (destroyed) throw new Failure('key_destroyed')
    if (!index) throw new Failure('key_unavailable')
    return index
  }
}

/** Whether it failed for want of a key, for now or for good. */
export function isWithoutKey(error: unknown): error is Failure {
  return error instanceof Failure && (error.code === 'key_unavailable' || error.code === 'key_destroyed')
}
