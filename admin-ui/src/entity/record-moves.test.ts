import type { EntityMeta } from '@plinth/sdk'
import type { AnyRecord } from '@plinth/ui'
import { expect, test } from 'vitest'
import { movesOf, withReachableStates } from './record-moves.ts'

const label = { en: 'X' }
const values = ['asked', 'approved', 'arrived'].map((value) => ({ value, label: { en: value } }))
const meta = {
  fields: [
    { name: 'title', type: 'string', label },
    { name: 'state', type: 'enum', label, values },
  ],
  transitions: {
    field: 'state',
    initial: ['asked'],
    moves: [
      { from: ['asked'], to: 'approved', label: { en: 'Approve' } },
      { from: ['approved'], to: 'arrived', label: { en: 'Check in' } },
      { from: ['approved', 'arrived'], to: 'asked', label: { en: 'Take back' } },
    ],
  },
} as unknown as EntityMeta
const recordIn = (state: string): AnyRecord => ({ id: '1', version: 1, state }) as unknown as AnyRecord
const offered = (shown: EntityMeta): string[] | undefined =>
  shown.fields.find(({ name }) => name === 'state')?.values?.map(({ value }) => value)

test('a record offers the moves from the state it is in, in their order', () => {
  expect(movesOf(meta, recordIn('asked')).map(({ label: text }) => text)).toEqual(['Approve'])
  expect(movesOf(meta, recordIn('approved')).map(({ to }) => to)).toEqual(['arrived', 'asked'])
})

test('a form offers the present state and those that can be reached from it', () => {
  expect(offered(withReachableStates(meta, recordIn('arrived')))).toEqual(['asked', 'arrived'])
})

test('a form for a new record offers the states it may start in', () => {
  expect(offered(withReachableStates(meta, undefined))).toEqual(['asked'])
})

test('an entity without states offers no moves and all its values', () => {
  const { transitions, ...plain } = meta
  expect(transitions).toBeDefined()
  expect(movesOf(plain, recordIn('asked'))).toEqual([])
  expect(withReachableStates(plain, undefined)).toBe(plain)
})
