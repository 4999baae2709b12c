import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const page = readFileSync(join(import.meta.dirname, '../../docs/attacks.md'), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| attack ') && !line.startsWith('| ---'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, attack, file, name]) => ({ attack: attack!, file: file!, name: name! }))

/** What has to be held against, in words that stand in the page. */
const ASKED = [
  'Session fixation',
  'CSRF',
  'Login CSRF',
  'Open redirect',
  'Mix-up',
  'Replayed code',
  'algorithm none',
  'HS/RS confusion',
  '`kid`',
  'Refresh reuse',
  'TOTP reuse',
  'TOTP brute force',
  'Backup-code reuse',
  'Enumeration by timing',
  'Enumeration by text',
  'SAML signature wrapping',
  'SAML replay',
  'SCIM cross-tenant',
  'JIT admin claim',
  'Mass assignment of roles',
  'Last admin',
  'Privilege by self-edit',
  'Deleting the tail',
  'Rewriting',
  'Reordering',
  'Inserting',
]

function sourceOf(file: string): string {
  const found = [`${file}.integration.test.ts`, `${file}.ts`]
    .map((name) => join(import.meta.dirname, name))
    .find((path) => existsSync(path))
  return found === undefined ? '' : readFileSync(found, 'utf8')
}

test.each(rows)('$attack: the test that is named tries it', ({ file, name }) => {
  expect(sourceOf(file)).toContain(`'${name}'`)
})

test.each(ASKED)('there is a test against: %s', (attack) => {
  expect(rows.filter((row) => row.attack.startsWith(attack) || row.attack.includes(attack))).not.toEqual([])
})
