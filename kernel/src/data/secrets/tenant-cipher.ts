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
}

/** Where a value was found that does not belong there. */
export interface Tampering {
  readonly tenantId: string
  readonly entity: string
  readonly field: string
  readonly id: string
}

interface CipherNeeds {
  readonly tenantId: string
  readonly keys: TenantKeySet
  /** The keys as of now, past the cache: another node may have made a new one a moment ago. */
  readonly reload: () => Promise<TenantKeySet>
  /** Told of every value that does not open where it stands. */
  readonly alarm: (tampering: Tampering) => Promise<void>
}

/** Seals and opens the values of one tenant. What a value belongs to is tenant, table, column and record, never a schema or database: tenants move. */
export class TenantCipher {
  readonly #needs: CipherNeeds

  constructor(needs: CipherNeeds) {
    this.#needs = needs
  }

  seal(model: EntityModel, field: FieldModel, id: string, text: string): Buffer {
    return this.#seal(text, this.#place(model, field, id))
  }

  async open(model: EntityModel, field: FieldModel, id: string, sealed: Buffer): Promise<string> {
    try {
      return (await this.#open(sealed, this.#place(model, field, id))).toString('utf8')
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error
      const found = { entity: model.id, field: field.name, id }
      await this.#needs.alarm({ tenantId: this.#needs.tenantId, ...found })
      throw new Failure('ciphertext_invalid', { extensions: found, cause: error })
    }
  }

  blind(model: EntityModel, field: FieldModel, value: string): Buffer {
    return blindIndex(this.#index(), `${model.table}|${field.column}`, value)
  }

  sealBytes(content: string | Buffer, place: string): Buffer {
    return this.#seal(content, `${this.#needs.tenantId}|${place}`)
  }

  openBytes(sealed: Buffer, place: string): Promise<Buffer> {
    return this.#open(sealed, `${this.#needs.tenantId}|${place}`)
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
    return seal(data.get(current)!, current, content, place)
  }

  async #open(sealed: Buffer, place: string): Promise<Buffer> {
    const { keys, reload } = this.#needs
    if (keys.destroyed) throw new Failure('key_destroyed')
    const number = keyNumberOf(sealed)
    const key = keys.data.get(number) ?? (await reload()).data.get(number)
    if (!key) throw new SealBroken('There is no key of this number')
    return unsealBytes(key, sealed, place)
  }

  #index(): KeyObject {
    const { index, destroyed } = this.#needs.keys
    if (destroyed || !index) throw new Failure('key_destroyed')
    return index
  }
}
