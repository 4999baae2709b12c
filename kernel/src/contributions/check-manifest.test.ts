import type { Manifest } from '@plinth/sdk'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bookings } from '../../test/fixtures/manifests/bookings.ts'
import { catering } from '../../test/fixtures/manifests/catering.ts'
import { rooms } from '../../test/fixtures/manifests/rooms.ts'
import { checkManifest } from './check-manifest.ts'
import { manifestSchema } from './manifest-schema.ts'
import { generatedPermissions, permissionsOf } from './permission-ids.ts'
import { RESERVED_PLUGIN_IDS } from './reserved-names.ts'
import { runs } from '../../test/support/chance.ts'

const known = new Map<string, Manifest>(
  [rooms, bookings, catering].map((manifest) => [manifest.id, manifest]),
)
const noHandlers = { hooks: {}, actions: {}, subscribers: [], routes: [], lifecycle: [] }
const codes = (value: unknown): string[] => checkManifest(value).map(({ path, code }) => `${path} ${code}`)

describe('good manifests', () => {
  test.each([rooms, bookings, catering])('$id has no problems', (manifest) => {
    expect(checkManifest(manifest, { known, files: () => true })).toEqual([])
    expect(checkManifest(JSON.parse(JSON.stringify(manifest)))).toEqual([])
  })

  test('what another manifest would decide is believed where it is not known', () => {
    expect(checkManifest({ ...bookings, requires: { rooms: '^1.1', ghosts: '^1' } })).toEqual([])
  })
})

test('many faults at once are all reported, each at its place', () => {
  const { series, booking } = bookings.entities
  const manifest = {
    ...bookings,
    version: '1',
    tier: 'gold',
    colour: 'red',
    description: { de: 'Nur deutsch' },
    requires: { rooms: 'new', bookings: '^2' },
    permissions: [{ id: 'facilities.bookings.booking.read', label: 'Read' }, 7],
    roles: [
      {
        id: 'guest',
        grants: ['facilities.bookings.booking.fly', { permission: 'x', condition: { and: 1 } }],
      },
    ],
    entities: {
      series: {
        ...series,
        display: [],
        collection: 'bookings',
        list: { columns: ['title', 'nothing'], sort: 'gone' },
      },
      booking: {
        ...booking,
        fields: {
          ...booking.fields,
          id: { type: 'string' },
          seats: {
            type: 'int',
            label: { en: 'Seats', de: 'Plätze' },
            scale: 2,
            default: 'two',
            colour: 'red',
          },
          seriesId: null,
        },
      },
    },
    events: { publishes: {}, subscribes: [{ event: 'tax.rate.changed' }] },
    routes: [{ ...bookings.routes[0], method: 'FETCH', path: '/x', extra: true }],
    ui: {
      screens: [{}],
      navigation: [
        { order: 'first', entity: 'nobody' },
        { order: 1, screen: 'week' },
      ],
    },
    i18n: { languages: ['english'] },
    lifecycle: { onEnable: 'yes' },
  }
  expect(codes(manifest).toSorted()).toEqual(
    [
      '/colour unknown_key',
      '/description/en missing',
      '/tier value',
      '/version version_invalid',
      '/requires/bookings dependency_self',
      '/requires/rooms range_invalid',
      '/permissions/0/id permission_generated',
      '/permissions/0/label type',
      '/permissions/1 type',
      '/roles/0/label missing',
      '/roles/0/grants/0 permission_unknown',
      '/roles/0/grants/1/permission format',
      '/roles/0/grants/1/condition/and type',
      '/entities/series/display empty',
      '/entities/booking/collection duplicate',
      '/entities/series/list/columns/1 field_unknown',
      '/entities/series/list/sort field_unknown',
      '/entities/booking/fields/id name_reserved',
      '/entities/booking/fields/id/label missing',
      '/entities/booking/fields/seats/colour unknown_key',
      '/entities/booking/fields/seats/scale option_not_allowed',
      '/entities/booking/fields/seats/default default_invalid',
      '/entities/booking/fields/seriesId type',
      '/events/publishes type',
      '/events/subscribes/0/event event_foreign',
      '/events/subscribes/0/handler missing',
      '/routes/0/extra unknown_key',
      '/routes/0/method value',
      '/routes/0/path format',
      '/ui/module module_missing',
      '/ui/screens/0/id missing',
      '/ui/screens/0/title missing',
      '/ui/screens/0/permission missing',
      '/ui/navigation/0/order type',
      '/ui/navigation/0/entity entity_unknown',
      '/ui/navigation/1/screen screen_unknown',
      '/i18n/languages language_missing',
      '/i18n/languages/0 format',
      '/lifecycle/onEnable value',
    ].toSorted(),
  )
})

describe('messages', () => {
  const messages = (value: unknown): string[] => checkManifest(value).map(({ message }) => message)

  test('name what was probably meant', () => {
    const { icon, ...rest } = rooms
    expect(messages({ ...rest, icno: icon, tier: 'fre' })).toEqual([
      '"icon" is missing.',
      'Unknown key "icno". Did you mean "icon"?',
      'Must be one of "free", "professional", "enterprise" or "custom", not "fre". Did you mean "free"?',
    ])
    const room = { ...rooms.entities.room, display: 'nmae', list: { columns: ['seat'] } }
    expect(messages({ ...rooms, entities: { room } })).toEqual([
      'The entity has no field "nmae". Did you mean "name"?',
      'The entity has no field "seat". Did you mean "seats"?',
    ])
  })

  test('say what would have been right', () => {
    const roles = [{ id: 'a', label: { en: 'A' }, grants: [true] }]
    expect(messages({ ...rooms, area: 'My Area', roles })).toEqual([
      '"My Area" must be kebab-case: lower-case words joined by hyphens, like "time-tracking".',
      'Must be a text or an object, not true or false.',
    ])
  })

  test('carry the plugin they are about', () => {
    expect(checkManifest({ ...rooms, tier: 1 })[0]?.plugin).toBe('rooms')
    expect(checkManifest([])).toEqual([
      { plugin: 'unknown', path: '', code: 'type', message: 'Must be an object, not a list.' },
    ])
  })

  test('stay short however long the value', () => {
    const problems = checkManifest({ ...rooms, requires: { a: 'x'.repeat(100_000) } })
    expect(problems.map(({ code, message }) => [code, message.length])).toEqual([
      ['too_long', 39],
      ['range_invalid', 500],
    ])
  })
})

describe('identity', () => {
  test.each([...RESERVED_PLUGIN_IDS].filter((id) => id !== 'openapi.json'))(
    'the id %s belongs to the platform',
    (id) => {
      expect(codes({ ...rooms, id })).toEqual(['/id id_reserved'])
    },
  )

  test('an id is kebab-case and of 40 characters at most', () => {
    expect(codes({ ...rooms, id: 'Rooms' })).toEqual(['/id format'])
    expect(codes({ ...rooms, id: 'a'.repeat(41) })).toEqual(['/id too_long'])
  })
})

describe('code', () => {
  test('a handler that the manifest does not name is reported, as it would never run', () => {
    const handlers = { ...noHandlers, routes: ['freeRooms'], lifecycle: ['onEnable'], subscribers: ['x'] }
    const problems = checkManifest(rooms, { handlers })
    expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '/events/subscribes handler_unused',
      '/routes handler_unused',
      '/lifecycle handler_unused',
    ])
  })

  test('a hook for an unknown entity and an unknown hook are reported', () => {
    const hooks = { rom: ['beforeCreate'], room: ['beforeCreated', 'beforeDelete'] }
    expect(
      checkManifest(rooms, { handlers: { ...noHandlers, hooks } }).map(({ message }) => message),
    ).toEqual([
      'The plugin\'s code has hooks for "rom", which is no entity of it. Did you mean "room"?',
      'The plugin\'s code has a hook "beforeCreated", which nothing calls. Did you mean "beforeCreate"?',
    ])
  })
})

test('two plugins whose tables would have the same name are told so', () => {
  const lead = { ...rooms, id: 'crm-lead', entities: { source: rooms.entities.room } }
  const crm = { ...rooms, id: 'crm', entities: { leadSource: rooms.entities.room } }
  expect(checkManifest(crm, { known: new Map([['crm-lead', lead]]) })).toMatchObject([
    { path: '/entities/leadSource', code: 'table_taken' },
  ])
})

test('permissions are those of every entity and the declared ones', () => {
  const permissionIds = ['read', 'create', 'update', 'delete', 'export'].map(
    (action) => `facilities.rooms.room.${action}`,
  )
  expect(generatedPermissions(rooms)).toEqual(permissionIds)
  expect(permissionsOf(rooms)).toEqual(permissionIds)
  expect(permissionsOf(bookings)).toContain('facilities.bookings.series.delete')
  expect(permissionsOf(bookings).at(-1)).toBe('facilities.bookings.booking.confirm')
})

test('every object of the schema is closed', () => {
  const open: string[] = []
  const walk = (schema: unknown, at: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    if ('properties' in schema && !('additionalProperties' in schema)) open.push(at)
    for (const [key, value] of Object.entries(schema)) walk(value, `${at}/${key}`)
  }
  walk(manifestSchema, '')
  expect(open).toEqual([])
})

describe('whatever the value', () => {
  const context = { known, files: () => false, handlers: { ...noHandlers, hooks: { a: ['b'] } } }
  const expectSoundProblems = (value: unknown): void => {
    for (const { plugin, path, code, message } of checkManifest(value, context)) {
      expect(plugin).not.toBe('')
      expect(path).toMatch(/^(\/.*)?$/su)
      expect(code).toMatch(/^[a-z_]+$/u)
      expect(message).toMatch(/[.?…]$/u)
      expect(message).not.toMatch(/undefined|\[object/u)
    }
  }

  test('the check never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expectSoundProblems(value)))
  })

  test('the check never throws on a manifest with parts replaced by anything', () => {
    const places: (readonly string[])[] = []
    const collect = (value: unknown, path: readonly string[]): void => {
      if (path.length > 0) places.push(path)
      if (typeof value !== 'object' || value === null) return
      for (const [key, child] of Object.entries(value)) collect(child, [...path, key])
    }
    collect(bookings, [])
    const names = fc.constantFrom('__proto__', 'constructor', 'toString', 'en', '', 'a/b~c')
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(...places).map((place) => place.reduce<any>((at, key) => at[key], bookings)),
      fc.dictionary(names, fc.jsonValue()),
    )
    const mutation = fc.record({
      place: fc.constantFrom(...places),
      value: fc.option(anything, { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
        const manifest: any = structuredClone(bookings)
        for (const { place, value } of mutations) {
          const parent = place
            .slice(0, -1)
            .reduce<any>((at, key) => (Object(at) === at ? at[key] : undefined), manifest)
          if (Object(parent) !== parent) continue
          if (value === undefined && Array.isArray(parent)) parent.splice(Number(place.at(-1)), 1)
          else if (value === undefined) delete parent[place.at(-1)!]
          else parent[place.at(-1)!] = structuredClone(value)
        }
        // Replacing beyond the end of a list that became shorter leaves holes, which JSON does not have.
        expectSoundProblems(JSON.parse(JSON.stringify(manifest)))
      }),
      { numRuns: runs(500) },
    )
  })

  test('a value nested without end is refused before it costs anything', () => {
    let filter: unknown = { name: 'x' }
    for (let depth = 0; depth < 100_000; depth++) filter = { not: filter }
    const roles = [
      {
        id: 'a',
        label: { en: 'A' },
        grants: [{ permission: 'facilities.rooms.room.read', condition: filter }],
      },
    ]
    expect(codes({ ...rooms, roles })).toEqual([' too_deep'])
  })
})
