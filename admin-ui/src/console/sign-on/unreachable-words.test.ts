import { setLocale } from '@plinth/ui'
import { afterEach, expect, test } from 'vitest'
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }
import { unreachableWords } from './unreachable-words.ts'

afterEach(() => setLocale('en'))

test('why a provider is not reached is said in the language of the reader', () => {
  const said = { reason: 'address_private', host: '10.1.2.3' }
  expect(unreachableWords(said)).toBe(
    '10.1.2.3 is an address within the network, where the platform does not go.',
  )
  expect(unreachableWords({ reason: 'status_refused', status: 404 })).toBe(
    'Its metadata is answered with 404.',
  )
  setLocale('de')
  expect(unreachableWords(said)).toContain('im internen Netz')
})

test('of every reason in both languages, and of nothing else', () => {
  const reasons = (texts: object) => Object.keys(texts).filter((key) => key.startsWith('unreachable.'))
  expect(reasons(de)).toEqual(reasons(en))
  expect([undefined, null, 'x', {}, { reason: 'A holiday' }].map(unreachableWords)).toEqual(
    Array.from({ length: 5 }, () => undefined),
  )
})
