import { randomBytes } from 'node:crypto'
import { maskOf } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { EntityModel, FieldModel, Models } from '../model/entity-model.ts'
import { isWithoutKey, type TenantCipher } from './tenant-cipher.ts'
import { markMissing, UNAVAILABLE, UNREADABLE, type Opening } from './unreadable.ts'

/**
 * The encrypted fields of one tenant as reads and changes meet them. PostgreSQL answers a sealed value as a token that no one can guess;
 * whatever statement it comes from and however deep it lies in the answer, it is opened in the rendered text.
 */
export class Secrets {
  readonly #models: Models
  readonly #fetch: () => Promise<TenantCipher>
  readonly #ready: TenantCipher | undefined
  /** Whether any value has been opened. */
  #opened = false
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
   * Replaces the tokens in a JSON text by the values they seal, or their masks. What is lost for good, because it was damaged, brought there
   * from elsewhere, or its key destroyed, becomes null, and its record names it under `_unreadable`.
   *
   * @param locked what comes of values whose key the ring lacks: `fail`; `mark` them like lost ones, for the answer to a change of something
   * else; or `tell` them apart under `_unavailable`, for what is read to be changed
   * @throws Failure `key_unavailable`
   */
  async open(json: string, locked: 'fail' | 'mark' | 'tell' = 'fail'): Promise<string> {
    if (!json.includes(this.nonce)) return json
    const token = new RegExp(`"(${this.nonce}:([cm]):([^/"]+)/(\\w+):([0-9a-f-]{36}):([0-9a-f]*))"`, 'g')
    const cipher = await this.#fetch()
    const openings = new Map<string, Opening>()
    const damaged = new Map<string, { entity: string; id: string; fields: string[]; mark: string }>()
    for (const [, key, mode, entity, name, id, hex] of json.matchAll(token)) {
      const model = this.#models.get(entity!)!
      const field = model.byName.get(name!)!
      const opened = await cipher.open(model, field, id!, Buffer.from(hex!, 'hex'))
      if ('text' in opened) {
        this.#opened = true
        openings.set(key!, { text: mode === 'm' ? masked(field, opened.text) : opened.text })
        continue
      }
      if (opened.lost === 'locked' && locked === 'fail') throw new Failure('key_unavailable')
      const isBack = opened.lost === 'locked' && locked === 'tell'
      openings.set(key!, { missing: isBack ? UNAVAILABLE : UNREADABLE })
      if (opened.lost !== 'damaged') continue
      const record = damaged.get(`${entity} ${id}`) ?? { entity: entity!, id: id!, fields: [], mark: '' }
      damaged.set(`${entity} ${id}`, record)
      if (record.fields.includes(name!)) continue
      record.fields.push(name!)
      record.mark += hex!.slice(-12)
    }
    // What is read to be changed may be replaced in a moment; noted afterwards, it would stand there as damaged.
    if (locked !== 'tell') for (const record of damaged.values()) cipher.alarm(record)
    if ([...openings.values()].some((opening) => 'missing' in opening)) return markMissing(json, openings)
    return json.replaceAll(token, (_, key: string) => (openings.get(key) as { readonly text: string }).text)
  }

  /** A value, in the form the API has it in, as it is stored. @throws Failure `key_destroyed` | `key_unavailable` */
  seal(model: EntityModel, field: FieldModel, id: string, value: unknown): string {
    return hexText(this.#cipher.seal(model, field, id, JSON.stringify(value)))
  }

  /** What stands for a value in its blind index, as PostgreSQL takes bytes. @throws Failure `key_destroyed` | `key_unavailable` */
  blind(model: EntityModel, field: FieldModel, value: unknown): string {
    return hexText(this.#cipher.blind(model, field, String(value)))
  }

  /** A text of the kernel's own that may hold values of encrypted fields. */
  sealText(text: string, place: string): string {
    return this.#cipher.sealBytes(text, place).toString('base64')
  }

  /**
   * The same of an answer that is kept. Where there is no key to seal with, nothing was sealed or opened for it, so that nothing of it needs
   * to be: it stays as it is.
   */
  sealAnswer(json: string, place: string): string {
    try {
      return this.sealText(json, place)
    } catch (error) {
      if (this.#opened || !isWithoutKey(error)) throw error
      return `${CLEAR}${json}`
    }
  }

  /** What `sealAnswer` made. @throws Failure `key_destroyed` | `key_unavailable` */
  async openAnswer(kept: string, place: string): Promise<string> {
    return kept.startsWith(CLEAR) ? kept.slice(CLEAR.length) : this.openText(kept, place)
  }

  /** @throws Failure `key_destroyed` | `key_unavailable` | `ciphertext_invalid` */
  async openText(sealed: string, place: string): Promise<string> {
    return (await this.#cipher.openBytes(Buffer.from(sealed, 'base64'), place)).toString('utf8')
  }

  /** The same of bytes, such as those of an uploaded file. */
  sealBytes(bytes: Buffer, place: string): Buffer {
    return this.#cipher.sealBytes(bytes, place)
  }

  /** @throws Failure as `openText` */
  openBytes(sealed: Buffer, place: string): Promise<Buffer> {
    return this.#cipher.openBytes(sealed, place)
  }

  /** What stands for a text that must not be guessed from its hash. */
  digest(text: string, place: string): string {
    return this.#cipher.digest(text, place)
  }

  /** Whether a digest is that of a text. What was kept without a key is the text itself. */
  isDigest(digest: string, text: string, place: string): boolean {
    return digest === text || digest === this.digestIfAny(text, place)
  }

  /** The text itself where there is no key: then nothing about it is sealed. */
  digestIfAny(text: string, place: string): string {
    try {
      return this.digest(text, place)
    } catch (error) {
      if (!isWithoutKey(error)) throw error
      return text
    }
  }
}

/** Begins what was kept without a key. Nothing in base64 does. */
const CLEAR = '='

function masked({ declaration: { mask } }: FieldModel, text: string): string {
  return mask === undefined ? text : JSON.stringify(maskOf(mask, JSON.parse(text)))
}

function hexText(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`
}
