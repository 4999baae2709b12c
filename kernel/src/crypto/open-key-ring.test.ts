import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { KeyRing, newKey } from './key-ring.ts'
import { openKeyRing } from './open-key-ring.ts'

const SECRET = 'a secret of at least thirty-two characters'
const directory = mkdtempSync(join(tmpdir(), 'plinth-ring-'))
afterAll(() => rmSync(directory, { recursive: true }))

test('the platform’s own ring gets a new first key, which every process finds, and keeps those it has', () => {
  const ring = openKeyRing({ directory }, SECRET)
  const other = openKeyRing({ directory }, SECRET)
  const [first] = ring.ids
  const before = ring.wrap(newKey(), 'p')
  expect([ring.isOwn, ring.renew(new Date('2027-01-02T00:00:00Z'))]).toEqual([true, true])
  expect(ring.current).toMatch(/^k20270102-/)
  expect(ring.ids).toEqual([ring.current, first, 'secret'])
  const after = ring.wrap(newKey(), 'p')
  expect(other.unwrap(after, 'p')).toBeDefined()
  expect(other.unwrap(before, 'p')).toBeDefined()
  expect(readFileSync(join(directory, 'keys'), 'utf8')).toMatch(/^k20270102-.*\n# Without this file/)
  expect(statSync(join(directory, 'keys')).mode & 0o777).toBe(0o600)
})

test('a ring that others keep is theirs to change', () => {
  const ring = new KeyRing(SECRET)
  expect([ring.isOwn, ring.renew(new Date()), ring.ids]).toEqual([false, false, ['secret']])
})
