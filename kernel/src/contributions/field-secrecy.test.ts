import { describe, expect, test } from 'vitest'
import { bookings } from '../../test/fixtures/manifests/bookings.ts'
import { rooms } from '../../test/fixtures/manifests/rooms.ts'
import { problemsWith } from '../../test/planted-faults.ts'
import { checkManifest } from './check-manifest.ts'

const BOOKING = '/entities/booking'
const FIELDS = `${BOOKING}/fields`

/** A mask planted over a field that something else of the entity depends on. */
const MASKED: readonly (readonly [what: string, field: string, problem: string])[] = [
  ['names records', 'purpose', `${BOOKING}/display/1 field_hidden`],
  ['sorts the list', 'from', `${BOOKING}/list/sort field_hidden`],
  ['filters the list', 'quiet', `${BOOKING}/list/filters/1 field_hidden`],
  ['is searched', 'notes', `${FIELDS}/notes/search option_conflict`],
]

describe('a mask is refused over a field that', () => {
  test.each(MASKED)('%s', (_what, field, problem) => {
    expect(problemsWith(`${FIELDS}/${field}/mask`, 'full')).toContain(problem)
  })

  test('decides which records a role sees', () => {
    expect(problemsWith(`${FIELDS}/seats/mask`, 'full')).toEqual([
      '/roles/0/grants/3/condition/or/1/not/seats field_hidden',
    ])
  })

  test('holds the state', () => {
    const field = {
      type: 'enum',
      label: { en: 'X' },
      mask: 'full',
      required: true,
      default: 'a',
      values: [{ value: 'a', label: { en: 'A' } }],
    }
    const series = problemsWith('/entities/series', {
      label: { en: 'S' },
      labelPlural: { en: 'S' },
      collection: 'series',
      display: 'title',
      fields: { title: { type: 'string', label: { en: 'T' } }, state: field },
      transitions: { field: 'state', initial: ['a'], moves: [{ from: ['a'], to: 'a', label: { en: 'A' } }] },
    })
    expect(series).toContain('/entities/series/transitions/field field_hidden')
  })
})

describe('what hides may be shown to', () => {
  const GRANT = '/roles/1/grants/0'
  const reveal = (permission: string, fields?: unknown): string[] =>
    problemsWith(GRANT, {
      permission: `facilities.bookings.booking.${permission}`,
      ...(fields ? { fields } : {}),
    })

  test('nobody where nothing is masked: there is no such permission', () => {
    expect(reveal('reveal')).toEqual([`${GRANT}/permission permission_unknown`])
  })

  test('nobody by a permission for something else', () => {
    expect(reveal('read', ['purpose'])).toEqual([`${GRANT}/fields option_not_allowed`])
  })

  test('a role for fields that are masked, and no others', () => {
    const manifest = {
      ...bookings,
      entities: {
        ...bookings.entities,
        guest: {
          label: { en: 'Guest' },
          labelPlural: { en: 'Guests' },
          collection: 'guests',
          display: 'name',
          fields: {
            name: { type: 'string', label: { en: 'Name' } },
            account: { type: 'iban', label: { en: 'Account' }, mask: 'iban' },
          },
        },
      },
      roles: [
        {
          id: 'guest',
          label: { en: 'Guest', de: 'Gast' },
          grants: [
            { permission: 'facilities.bookings.guest.reveal', fields: ['account'] },
            { permission: 'facilities.bookings.guest.replace', fields: ['account', 'name', 'acount'] },
          ],
        },
      ],
    }
    const problems = checkManifest(manifest, { known: new Map([[rooms.id, rooms]]) })
    expect(
      problems.filter(({ path }) => path.startsWith('/roles')).map(({ path, code }) => `${path} ${code}`),
    ).toEqual(['/roles/0/grants/1/fields/1 field_unknown', '/roles/0/grants/1/fields/2 field_unknown'])
  })
})
