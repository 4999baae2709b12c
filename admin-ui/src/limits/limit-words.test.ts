import { ApiProblem, setLocale } from '@plinth/ui'
import { beforeEach, expect, test } from 'vitest'
import { isFull, limitRefusal, nextWords, overrideWords, usedWords } from './limit-words.ts'

const label = { en: 'Members', de: 'Mitglieder' }
const refusal = (facts: object) =>
  limitRefusal(new ApiProblem({ status: 403, code: 'limit_exceeded', ...facts }))

beforeEach(() => setLocale('en'))

test('says how much there is, and which tier has room', () => {
  expect(refusal({ label, used: 5, value: 5, upgradeTo: 'professional', upgradeValue: 100 })).toBe(
    'The limit is reached: 5 of 5 (Members). The tier Professional has 100.',
  )
  expect(refusal({ label, used: 10_000, value: 10_000, upgradeTo: 'custom', upgradeValue: null })).toBe(
    'The limit is reached: 10,000 of 10,000 (Members). The tier Custom has no limit.',
  )
  setLocale('de')
  expect(refusal({ label, used: 5, value: 5 })).toBe('Die Grenze ist erreicht: 5 von 5 (Mitglieder).')
})

test('says no numbers where none are told', () => {
  expect(refusal({ limit: 'members' })).toBe('The limit of the workspace is reached.')
})

test('knows limits that are none, and those that are exceeded', () => {
  expect(usedWords({ used: 3, value: null })).toBe('3, no limit')
  expect(isFull({ used: 3, value: null })).toBe(false)
  expect(isFull({ used: 4, value: 5 })).toBe(false)
  expect(isFull({ used: 7, value: 5 })).toBe(true)
  expect(nextWords(null)).toBeUndefined()
})

test('says what an operator has set, and until when', () => {
  expect(overrideWords({ because: { kind: 'tier', tier: 'free' } })).toBeUndefined()
  expect(overrideWords({ because: { kind: 'override', reason: 'Contract', until: null } })).toBe(
    'Set by the operator of the platform: Contract',
  )
  expect(
    overrideWords({ because: { kind: 'override', reason: 'Contract', until: '2027-01-31T12:00:00Z' } }),
  ).toMatch(/until .*2027.*: Contract/u)
})
