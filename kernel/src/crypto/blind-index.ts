import { createHmac, hkdfSync, type KeyObject } from 'node:crypto'

/**
 * What stands for a value where equality must be found without knowing it: HMAC-SHA-256 with a key of its own for each field, so that
 * the same value looks different in another field or another tenant.
 *
 * @param root the tenant's key for this purpose
 * @param field names the field, `table|column`
 */
export function blindIndex(root: KeyObject, field: string, value: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', root, '', `blind index ${field}`, 32))
  return createHmac('sha256', key).update(value.normalize('NFC').trim()).digest()
}
