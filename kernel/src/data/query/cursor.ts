import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto'
import { Failure } from '../../errors.ts'
import type { EntityModel } from '../model/entity-model.ts'
import type { SortKey } from './list-query.ts'

/** Makes and reads cursors. They are signed and bound to tenant, entity and order: a cursor of elsewhere is refused. */
export class Cursors {
  /** As an object: made of bytes anew for every cursor, the key would take ten times as long as the signing. */
  readonly #key: KeyObject

  constructor(secret: string) {
    this.#key = createSecretKey(createHmac('sha256', secret).update('list cursors').digest())
  }

  /** @param last sort key values of the last record, as text */
  seal(
    tenantId: string,
    model: EntityModel,
    sort: readonly SortKey[],
    last: readonly (string | null)[],
  ): string {
    const payload = Buffer.from(JSON.stringify(last))
    return Buffer.concat([this.#sign(tenantId, model, sort, payload), payload]).toString('base64url')
  }

  /** @throws Failure `cursor_invalid` */
  open(tenantId: string, model: EntityModel, sort: readonly SortKey[], cursor: string): (string | null)[] {
    const bytes = Buffer.from(cursor, 'base64url')
    const signature = bytes.subarray(0, SIGNATURE_BYTES)
    const payload = bytes.subarray(SIGNATURE_BYTES)
    const expected = this.#sign(tenantId, model, sort, payload)
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
      throw new Failure('cursor_invalid')
    return JSON.parse(payload.toString()) as (string | null)[]
  }

  #sign(tenantId: string, model: EntityModel, sort: readonly SortKey[], payload: Buffer): Buffer {
    const order = sort.map((key) => `${key.descending ? '-' : ''}${key.field.name}`).join()
    return createHmac('sha256', this.#key)
      .update(`${tenantId}\n${model.id}\n${order}\n`)
      .update(payload)
      .digest()
      .subarray(0, SIGNATURE_BYTES)
  }
}

const SIGNATURE_BYTES = 16
