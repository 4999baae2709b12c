import { describe, expect, test } from 'vitest'
import type { Manifest } from '@plinth/sdk'
import { bookings } from '../../../test/fixtures/manifests/bookings.ts'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'
import { checkManifest } from '../check-manifest.ts'

const label = { en: 'X', de: 'X' }
const permission = 'facilities.bookings.booking.confirm'
const at = '/actions'
const tidy = { label, permission }
const seats = { type: 'int', label }

const FAULTS: PlantedFault[] = [
  ['a list', at, [], 'type'],
  ['a name in capitals', at, { Tidy: tidy }, 'format', '/Tidy'],
  ['a name of every object', at, { toString: tidy }, 'name_reserved', '/toString'],
  ['no label', at, { tidy: { permission } }, 'missing', '/tidy/label'],
  ['no permission', at, { tidy: { label } }, 'missing', '/tidy/permission'],
  [
    'an unknown permission',
    at,
    { tidy: { label, permission: 'facilities.bookings.booking.fly' } },
    'permission_unknown',
    '/tidy/permission',
  ],
  [
    'a permission of a stranger',
    at,
    { tidy: { label, permission: 'facilities.catering.meal.read' } },
    'permission_foreign',
    '/tidy/permission',
  ],
  ...Object.entries({ on: 'record', records: true, when: { status: 'asked' } }).map(
    ([option, value]): PlantedFault => [
      `what only those of entities have: ${option}`,
      at,
      { tidy: { ...tidy, [option]: value } },
      'unknown_key',
      `/tidy/${option}`,
    ],
  ),
  ['an unknown effect', at, { tidy: { ...tidy, effect: 'none' } }, 'value', '/tidy/effect'],
  ['an answer of none', at, { tidy: { ...tidy, effect: 'read' } }, 'option_missing', '/tidy/output'],
  [
    'an answer of what changes something',
    at,
    { tidy: { ...tidy, output: { seats } } },
    'option_conflict',
    '/tidy/output',
  ],
  ['an empty input', at, { tidy: { ...tidy, input: {} } }, 'empty', '/tidy/input'],
  [
    'an input of an unknown entity',
    at,
    { tidy: { ...tidy, input: { of: { type: 'ref', entity: 'ghost', label } } } },
    'entity_unknown',
    '/tidy/input/of/entity',
  ],
  [
    'one of records there are none of',
    at,
    { tidy: { ...tidy, input: { of: { type: 'ref', entity: 'booking', label, chosen: true } } } },
    'option_conflict',
    '/tidy/input/of/chosen',
  ],
]

describe('actions of a plugin: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, place, value, code, deeper = '') => {
    expect(problemsWith(place, value)).toEqual([`${place}${deeper} ${code}`])
  })
})

test('its address is no collection and no route', () => {
  expect(problemsWith('/entities/series/collection', 'actions')).toEqual([
    '/entities/series/collection name_reserved',
  ])
  expect(problemsWith('/routes/0/path', 'actions/tidy')).toEqual(['/routes/0/path name_reserved'])
})

test('declarations and handlers belong together', () => {
  const handlers = {
    hooks: { booking: ['beforeCreate'] },
    actions: {},
    subscribers: ['roomGone', 'mealServed', 'noteConfirmation'],
    routes: ['freeRooms', 'confirm'],
    lifecycle: ['onEnable', 'sampleData'],
  }
  const count = { ...tidy, effect: 'read', input: { seats }, output: { seats } }
  const manifest = { ...bookings, actions: { tidy, count } } as unknown as Manifest
  const problems = (pluginActions: string[]): string[] =>
    checkManifest(manifest, { handlers: { ...handlers, pluginActions } }).map(
      ({ path, code }) => `${path} ${code}`,
    )
  expect(problems(['tidy', 'count'])).toEqual([])
  expect(problems(['tidy'])).toEqual(['/actions/count handler_unknown'])
  expect(problems(['tidy', 'count', 'fly'])).toEqual(['/actions handler_unused'])
})
