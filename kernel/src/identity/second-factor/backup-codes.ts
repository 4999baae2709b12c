import { createHmac, randomInt, type KeyObject } from 'node:crypto'

export const BACKUP_CODES = 10

/** Without letters that look like digits or each other on paper. 32 signs, so ten of them are 50 bits. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10
const CODE = new RegExp(`^[${SIGNS}]{${LENGTH}}$`)

/** Codes for the day the telephone is lost, each good once. */
export function newBackupCodes(): string[] {
  return Array.from({ length: BACKUP_CODES }, () => {
    const signs = Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('')
    return `${signs.slice(0, 5)}-${signs.slice(5)}`
  })
}

/**
 * What is stored of a code. Too short to be kept as a plain digest: whoever had the table could try them all; so the key is not in the
 * database. Undefined when the text cannot be a code. Case, spaces and dashes do not matter, nor whether O or 0 was read.
 */
export function backupCodeDigest(key: KeyObject, owner: string, code: string): Buffer | undefined {
  const signs = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (!CODE.test(signs)) return undefined
  return createHmac('sha256', key).update(`${owner}\n${signs}`).digest()
}
