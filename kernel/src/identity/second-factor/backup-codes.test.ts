import { createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { backupCodeDigest, newBackupCodes } from './backup-codes.ts'

const key = createSecretKey(Buffer.alloc(32, 1))

test('K-AUTH-09: there are ten backup codes, all different, that can be read out', () => {
  const codes = newBackupCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
})

test('K-AUTH-09: a backup code is the same however it is written, and another one for each member and key', () => {
  const digest = backupCodeDigest(key, 'jana', '01ABC-DEFGH')
  for (const same of ['01abc-defgh', ' 01ABCDEFGH ', 'OLabc defgh', 'oiabcdefgh'])
    expect(backupCodeDigest(key, 'jana', same)).toEqual(digest)
  expect(backupCodeDigest(key, 'felix', '01ABC-DEFGH')).not.toEqual(digest)
  expect(backupCodeDigest(createSecretKey(Buffer.alloc(32, 2)), 'jana', '01ABC-DEFGH')).not.toEqual(digest)
  for (const none of ['', '01ABC-DEFG', '01ABC-DEFGHJ', '01ABC-DEFGU', '01ABC-DEFG!'])
    expect(backupCodeDigest(key, 'jana', none)).toBeUndefined()
})
