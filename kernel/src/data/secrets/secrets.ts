import { randomBytes } from 'node:crypto'
import { maskOf } from '@plinth/sdk'
import type { EntityModel, FieldModel, Models } from '../model/entity-model.ts'
import type { TenantCipher } from './tenant-cipher.ts'

/**
 * The encrypted fields of one tenant as reads and changes meet them. PostgreSQL answers a sealed value as a token that no one can guess;
 * whatever statement it comes from and however deep it lies in the answer, it is opened in the rendered text.
 */
export class Secrets {
  readonly #models: Models
  readonly #fetch: () => Promise<TenantCipher>
  readonly #ready: TenantCipher | undefined
  /** Begins every token. Made anew each time, so that no text someone stored is taken for one. */
  readonly nonce = randomBytes(18).toString('base64url')

  /**
   * @param fetch what opens values, when there are any
   * @param ready the same; without it nothing can be sealed or looked up
   */
  constructor(models: Models, fetch: () => Promise<TenantCipher>, ready?: TenantCipher) {
    this.#models = models
    this.#fetch = fetch
    this.#ready = ready
  }

  get #cipher(): TenantCipher {
    if (!this.#ready) throw new Error('Nothing is sealed or looked up without keys')
    return this.#ready
  }

  /**
   * Replaces the tokens in a JSON text by the values they seal, or their masks.
   *
   * @throws Failure `key_destroyed` | `key_unavailable` | `ciphertext_invalid`
   */
  async open(json: string): Promise<string> {
    if (!json.includes(this.nonce)) return json
    const token = new RegExp(`"${this.nonce}:([cm]):([^/"]+)/(\\w+):([0-9a-f-]{36}):([0-9a-f]*)"`, 'g')
    const cipher = await this.#fetch()
    const parts: string[] = []
    let end = 0
    for (const match of json.matchAll(token)) {
      const [whole, mode, entity, name, id, hex] = match
      const model = this.#models.get(entity!)!
      const field = model.byName.get(name!)!
      const value = await cipher.open(model, field, id!, Buffer.from(hex!, 'hex'))
      const { mask } = field.declaration
      const shown =
        mode === 'm' && mask !== undefined ? JSON.stringify(maskOf(mask, JSON.parse(value))) : value
      parts.push(json.slice(end, match.index), shown)
      end = match.index + whole.length
    }
    return parts.join('') + json.slice(end)
  }

  /** A value, in the form the API has it in, as it is stored. @throws Failure `key_destroyed` */
  seal(model: EntityModel, field: FieldModel, id: string, value: unknown): string {
    return hexText(this.#cipher.seal(model, field, id, JSON.stringify(value)))
  }

  /** What stands for a value in its blind index, as PostgreSQL takes bytes. @throws Failure `key_destroyed` */
  blind(model: EntityModel, field: FieldModel, value: unknown): string {
    return hexText(this.#cipher.blind(model, field, String(value)))
  }

  /** A text of the kernel's own that may hold values of encrypted fields. */
  sealText(text: string, place: string): string {
    return this.#cipher.sealBytes(text, place).toString('base64')
  }

  /** @throws Failure as `open` */
  async openText(sealed: string, place: string): Promise<string> {
    return (await this.#cipher.openBytes(Buffer.from(sealed, 'base64'), place)).toString('utf8')
  }

  /** The same of bytes, such as those of an uploaded file. */
  sealBytes(bytes: Buffer, place: string): Buffer {
    return this.#cipher.sealBytes(bytes, place)
  }

  /** @throws Failure as `open` */
  openBytes(sealed: Buffer, place: string): Promise<Buffer> {
    return this.#cipher.openBytes(sealed, place)
  }

  /** What stands for a text that must not be guessed from its hash. */
  digest(text: string, place: string): string {
    return this.#cipher.digest(text, place)
  }
}

function hexText(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`
}
