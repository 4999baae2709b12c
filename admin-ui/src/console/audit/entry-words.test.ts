import type { AuditWords } from '@plinth/sdk'
import { setLocale } from '@plinth/ui'
import { afterEach, expect, test } from 'vitest'
import { entryName, valueWords } from './entry-words.ts'

afterEach(() => setLocale('en'))

const label = (en: string, de: string) => ({ label: { en, de } })

const words: AuditWords = {
  'yard.machine': {
    ...label('Machine', 'Maschine'),
    state: 'status',
    fields: {
      status: {
        ...label('Status', 'Zustand'),
        values: { works: { en: 'Works', de: 'Läuft' }, retired: { en: 'Retired', de: 'Ausgemustert' } },
      },
      heirId: label('Heir', 'Erbin'),
      name: label('Name', 'Name'),
      tons: label('Tons', 'Tonnen'),
      key: label('Key', 'Schlüssel'),
      movedAt: { ...label('Moved', 'Bewegt'), follows: true },
      'custom.colour': label('Colour', 'Farbe'),
    },
    actions: { paint: { en: 'Paint all', de: 'Alle streichen' } },
  },
  yard: { ...label('Yard', 'Hof'), fields: {}, actions: { sweep: { en: 'Sweep', de: 'Fegen' } } },
}

const told = (verb: string, before: object | null = null, after: object | null = null): string =>
  entryName(
    { action: `yard.machine.${verb}`, subjectType: 'yard.machine', subjectId: '1', before, after },
    words,
  )

test('a change is told by the state it led to, and by the fields that were meant', () => {
  const before = { status: 'works', heirId: null, movedAt: null }
  const after = { status: 'retired', heirId: '2', movedAt: '2026-11-22T00:00:00Z' }
  expect(told('updated', before, after)).toBe('Machine: Status changed to “Retired”; Heir changed')
  setLocale('de')
  expect(told('updated', before, after)).toBe('Maschine: Zustand geändert in „Ausgemustert“; Erbin geändert')
})

test('some fields are named, of many their number, and what only follows not at all', () => {
  expect(told('updated', { heirId: null }, { heirId: '2' })).toBe('Machine: Heir changed')
  expect(
    told('updated', { name: 'A', custom: { colour: 'a' } }, { name: 'B', custom: { colour: 'b' } }),
  ).toBe('Machine: Name and Colour changed')
  const four = { name: 'A', tons: '1', key: '2', heirId: '3' }
  expect(told('updated', {}, four)).toBe('Machine: 4 fields changed')
  expect(told('updated', { movedAt: null }, { movedAt: 'x' })).toBe('Machine: changed')
})

test('an action is told by its label, of a plugin as a whole as well, and what has no words by its id', () => {
  expect(told('paint')).toBe('Machine: Paint all')
  expect(told('created', null, { name: 'A' })).toBe('Machine: created')
  const entry = { subjectType: 'plugin', subjectId: 'yard', before: null, after: null }
  expect(entryName({ ...entry, action: 'yard.sweep' }, words)).toBe('Yard: Sweep')
  expect(entryName({ ...entry, action: 'plugin.enabled' }, words)).toBe('Plugin: switched on')
  expect(entryName({ ...entry, action: 'gone.thing.paint', subjectType: 'gone.thing' }, words)).toBe(
    'gone.thing: paint',
  )
})

test('a value is told by its name where it has one', () => {
  const subject = words['yard.machine']
  expect(valueWords('status', 'works', subject)).toBe('Works')
  expect(valueWords('status', 'unknown', subject)).toBe('unknown')
  expect(valueWords('tons', '1.5', subject)).toBe('1.5')
  expect(valueWords('status', 'works', undefined)).toBe('works')
})
