import type { Manifest } from '@plinth/sdk'
import { describe, expect, test } from 'vitest'
import { bookings } from '../../test/fixtures/manifests/bookings.ts'
import { problemsWith, type PlantedFault } from '../../test/planted-faults.ts'
import { checkManifest } from './check-manifest.ts'
import { permissionsOf } from './permission-ids.ts'

const at = '/entities/booking/actions'
const label = { en: 'X', de: 'X' }
const settle = { label }
const seats = { type: 'int', label }
const told = (field: object) => ({ settle: { label, input: { seats: field } } })
const below = '/settle/input/seats'

const FAULTS: PlantedFault[] = [
  ['a list', at, [], 'type'],
  ['a name in capitals', at, { Settle: settle }, 'format', '/Settle'],
  ['no label', at, { settle: {} }, 'missing', '/settle/label'],
  ['a label in one language', at, { settle: { label: { de: 'X' } } }, 'missing', '/settle/label/en'],
  ['an unknown option', at, { settle: { label, mood: 'read' } }, 'unknown_key', '/settle/mood'],
  ['an icon that is none', at, { settle: { label, icon: 'A B' } }, 'format', '/settle/icon'],
  ['a danger that is a word', at, { settle: { label, danger: 'yes' } }, 'type', '/settle/danger'],
  ['what is done anyway', at, { update: settle }, 'name_reserved', '/update'],
  ['what is said afterwards', at, { created: settle }, 'name_reserved', '/created'],
  ['a name of every object', at, { toString: settle }, 'name_reserved', '/toString'],
  [
    'an unknown permission',
    at,
    { settle: { label, permission: 'facilities.bookings.booking.fly' } },
    'permission_unknown',
    '/settle/permission',
  ],
  [
    'a permission of another entity',
    at,
    { settle: { label, permission: 'facilities.bookings.series.update' } },
    'permission_foreign',
    '/settle/permission',
  ],
  [
    'a permission of another plugin',
    at,
    { settle: { label, permission: 'facilities.rooms.room.read' } },
    'permission_foreign',
    '/settle/permission',
  ],
  ['a condition without', at, { settle: { label, when: {} } }, 'empty', '/settle/when'],
  ['a condition on nothing', at, { settle: { label, when: { x: 1 } } }, 'field_unknown', '/settle/when/x'],
  [
    'a condition on no value',
    at,
    { settle: { label, when: { status: 'lost' } } },
    'value_unknown',
    '/settle/when/status',
  ],
  ['an empty input', at, { settle: { label, input: {} } }, 'empty', '/settle/input'],
  ['an input of no type', at, told({ label }), 'missing', `${below}/type`],
  ['an unknown type', at, told({ type: 'number', label }), 'value', `${below}/type`],
  ['an input without a label', at, told({ type: 'int' }), 'missing', `${below}/label`],
  ...['unique', 'indexed', 'readOnly', 'immutable', 'encrypted'].map((option): PlantedFault => [
    `an input that is ${option}`,
    at,
    told({ ...seats, [option]: true }),
    'unknown_key',
    `${below}/${option}`,
  ]),
  [
    'an input that is searched',
    at,
    told({ type: 'string', label, search: true }),
    'unknown_key',
    `${below}/search`,
  ],
  ['a computed input', at, told({ ...seats, computed: { count: 'x' } }), 'unknown_key', `${below}/computed`],
  [
    'a numbered input',
    at,
    told({ type: 'string', label, sequence: { format: '{n}' } }),
    'unknown_key',
    `${below}/sequence`,
  ],
  [
    'an option of another type',
    at,
    told({ ...seats, maxLength: 3 }),
    'option_not_allowed',
    `${below}/maxLength`,
  ],
  [
    'a default that does not fit',
    at,
    told({ ...seats, default: 'x' }),
    'default_invalid',
    `${below}/default`,
  ],
  ['a mask that does not fit', at, told({ ...seats, mask: 'iban' }), 'option_not_allowed', `${below}/mask`],
  ['a choice of nothing', at, told({ type: 'enum', label }), 'option_missing', `${below}/values`],
  [
    'a record of no entity',
    at,
    told({ type: 'ref', entity: 'ghost', label }),
    'entity_unknown',
    `${below}/entity`,
  ],
  [
    'a record of a plugin that may be off',
    at,
    told({ type: 'ref', entity: 'catering.meal', label }),
    'reference_foreign',
    `${below}/entity`,
  ],
  [
    'an input named as what every object has',
    at,
    { settle: { label, input: { valueOf: seats } } },
    'name_reserved',
    '/settle/input/valueOf',
  ],
]

/** The code of the manifests has no actions, which is the subject of a test of its own. */
const without = (problems: string[]) => problems.filter((each) => !each.endsWith(' handler_unknown'))

describe('actions: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, place, value, code, deeper = '') => {
    expect(without(problemsWith(place, value))).toEqual([`${place}${deeper} ${code}`])
  })
})

const withActions = (actions: object): Manifest =>
  ({
    ...bookings,
    entities: { ...bookings.entities, booking: { ...bookings.entities.booking, actions } },
  }) as unknown as Manifest

test('an action that says everything is accepted', () => {
  const move = {
    label,
    description: label,
    icon: 'move',
    permission: 'facilities.bookings.booking.update',
    when: { or: [{ status: 'asked' }, { createdBy: '$actor.id' }] },
    danger: true,
    input: {
      seats: { ...seats, required: true, min: 1, default: 2, help: label },
      to: { type: 'ref', entity: 'series', label },
      room: { type: 'ref', entity: 'rooms.room', label },
    },
  }
  const keep = { type: 'ref', entity: 'booking', label, chosen: true }
  const together = { label, on: 'collection', records: true }
  const merge = { ...together, records: { min: 2, max: 500 }, when: { status: 'asked' }, input: { keep } }
  const count = {
    label,
    on: 'collection',
    effect: 'read',
    input: { from: { type: 'date', label, default: 'now' } },
    output: {
      seats: { ...seats, required: true },
      state: { type: 'enum', label, values: [{ value: 'full', label }] },
    },
  }
  const weigh = { label, effect: 'read', output: { seats }, when: { status: 'asked' } }
  expect(checkManifest(withActions({ move, merge, count, weigh }))).toEqual([])
})

test('an action without a permission of its own brings one, which roles may grant and nobody declares', () => {
  const permissions = permissionsOf(
    withActions({ move: { label }, cancel: { label, permission: 'a.b.c.d' } }),
  )
  expect(permissions).toContain('facilities.bookings.booking.move')
  expect(permissions).not.toContain('facilities.bookings.booking.cancel')
  const declared = checkManifest(withActions({ confirm: { label } })).map(
    ({ path, code }) => `${path} ${code}`,
  )
  expect(declared).toEqual(['/permissions/0/id permission_generated'])
})

test('declarations and handlers belong together', () => {
  const handlers = { hooks: { booking: ['beforeCreate'] }, subscribers: [], routes: [], lifecycle: [] }
  const problems = (actions: Record<string, string[]>): string[] =>
    checkManifest(withActions({ move: { label } }), { handlers: { ...handlers, actions } })
      .filter(({ path }) => path.startsWith('/entities'))
      .map(({ path, code }) => `${path} ${code}`)
  expect(problems({ booking: ['move'] })).toEqual([])
  expect(problems({})).toEqual(['/entities/booking/actions/move handler_unknown'])
  expect(problems({ booking: ['move', 'fly'] })).toEqual(['/entities/booking/actions handler_unused'])
  expect(problems({ booking: ['move'], ghost: ['fly'] })).toEqual(['/entities handler_unused'])
})

test('records of a child collection have no actions: they change with their parent', () => {
  const { booking, series } = bookings.entities
  const parent = { ...series, children: { bookings: { entity: 'booking', field: 'seriesId' } } }
  const entities = {
    ...bookings.entities,
    series: parent,
    booking: { ...booking, actions: { move: { label } } },
  }
  const problems = checkManifest({ ...bookings, entities }).map(({ path, code }) => `${path} ${code}`)
  expect(problems).toContain('/entities/booking/actions option_conflict')
})
