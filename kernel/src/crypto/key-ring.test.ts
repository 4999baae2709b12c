import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { blindIndex } from './blind-index.ts'
import { KeyRing, KeyRingError, newKey, newRingKey } from './key-ring.ts'

const SECRET = 'a secret of at least thirty-two characters'
const bytes = () => randomBytes(32).toString('base64')

test('without a ring there is a key that follows from the secret, the same at every start', () => {
  const key = newKey()
  const wrapped = new KeyRing(SECRET).wrap(key, 'place')
  expect(wrapped.kek).toBe('secret')
  expect(new KeyRing(SECRET).unwrap(wrapped, 'place').equals(key)).toBe(true)
  expect(() => new KeyRing(`${SECRET}!`).unwrap(wrapped, 'place')).toThrow(KeyRingError)
  expect(() => new KeyRing(SECRET).unwrap(wrapped, 'elsewhere')).toThrow(KeyRingError)
})

test('the first key wraps, the others open, and so does the one that follows from the secret', () => {
  const key = newKey()
  const first = `a:${bytes()}`
  const before = new KeyRing(SECRET, () => first).wrap(key, 'p')
  const ring = new KeyRing(SECRET, () => `# the new one\nb:${bytes()}\n${first} # since last year`)
  expect([ring.current, before.kek]).toEqual(['b', 'a'])
  expect(ring.unwrap(before, 'p').equals(key)).toBe(true)
  expect(ring.unwrap(new KeyRing(SECRET).wrap(key, 'p'), 'p').equals(key)).toBe(true)
})

test('a key that was added meanwhile is found', () => {
  let text = `a:${bytes()}`
  const added = `b:${bytes()}`
  const ring = new KeyRing(SECRET, () => text)
  const wrapped = new KeyRing(SECRET, () => added).wrap(newKey(), 'p')
  expect(() => ring.unwrap(wrapped, 'p')).toThrow('no key "b"')
  text = `${text}\n${added}`
  expect(ring.unwrap(wrapped, 'p')).toBeDefined()
})

describe('a ring is refused, without repeating any of it, with', () => {
  const short = randomBytes(16).toString('base64')
  test.each([
    ['a key that is too short', `a:${short}`, short],
    ['a word that is no key', 'hunter2', 'hunter2'],
    ['two keys of one name', `a:${bytes()} a:${bytes()}`, undefined],
    ['a key that takes the name of the secret’s', `secret:${bytes()}`, undefined],
  ])('%s', (_, text, hidden) => {
    let message = ''
    try {
      message = new KeyRing(SECRET, () => text).current
    } catch (error) {
      expect(error).toBeInstanceOf(KeyRingError)
      ;({ message } = error as Error)
    }
    expect(message).toMatch(/key ring/)
    if (hidden !== undefined) expect(message).not.toContain(hidden)
  })
})

test('a new key is one the ring takes', () => {
  const line = newRingKey(new Date('2026-11-21T10:00:00Z'))
  expect(new KeyRing(SECRET, () => line).current).toMatch(/^k20261121-[0-9a-f]{4}$/)
})

test('a blind index is the same for the same value of the same field and tenant alone', () => {
  const root = newKey()
  const index = blindIndex(root, 'employee|tax_id', 'Ä1')
  expect(blindIndex(root, 'employee|tax_id', ' A\u03081 ').equals(index)).toBe(true)
  expect(blindIndex(root, 'employee|tax_id', 'ä1').equals(index)).toBe(false)
  expect(blindIndex(root, 'employee|iban', 'Ä1').equals(index)).toBe(false)
  expect(blindIndex(newKey(), 'employee|tax_id', 'Ä1').equals(index)).toBe(false)
})
