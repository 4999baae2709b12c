import type { FieldMeta } from '@plinth/sdk'
import { describe, expect, test } from 'vitest'
import { changedFields, createdFields } from './changed-fields.ts'
import { initialValues } from './initial-values.ts'

const field = (name: string, type: FieldMeta['type'], more: Partial<FieldMeta> = {}): FieldMeta => ({
  name,
  type,
  label: { en: name },
  required: false,
  readOnly: false,
  immutable: false,
  sortable: true,
  ...more,
})

const fields = [
  field('name', 'string', { required: true }),
  field('number', 'string', { readOnly: true }),
  field('customerId', 'ref', { immutable: true }),
  field('hours', 'decimal'),
  field('days', 'int', { default: 14, required: true }),
  field('tags', 'tags'),
  field('address', 'address'),
  field('at', 'datetime'),
  field('kind', 'enum', { values: [{ value: 'a', label: { en: 'A' } }], default: 'a' }),
]

const record = {
  name: 'Nord',
  number: 'K-1',
  customerId: 'c1',
  hours: '40.00',
  days: 14,
  tags: ['x'],
  address: { city: 'Köln' },
  at: '2026-11-21T09:30:15.123Z',
  kind: 'a',
}

describe('what an edited record sends', () => {
  test('nothing when nothing changed', () => {
    expect(changedFields(fields, record, { ...record })).toEqual({})
  })

  test('nothing for values that only look different', () => {
    const now = {
      ...record,
      hours: '40',
      at: '2026-11-21T09:30:00.000Z',
      address: { city: 'Köln ', street: '' },
    }
    expect(changedFields(fields, record, now)).toEqual({})
  })

  test('only the fields that changed', () => {
    expect(changedFields(fields, record, { ...record, name: 'Süd', tags: [] })).toEqual({
      name: 'Süd',
      tags: [],
    })
  })

  test('null for what was emptied', () => {
    const now = { ...record, hours: '', address: { city: '' }, at: null }
    expect(changedFields(fields, record, now)).toEqual({ hours: null, address: null, at: null })
  })

  test('never what the server refuses in a change', () => {
    expect(changedFields(fields, record, { ...record, number: 'K-2', customerId: 'c2' })).toEqual({})
  })
})

describe('what a new record sends', () => {
  test('what was filled in, and nothing for what was left empty', () => {
    const values = { ...initialValues(fields), name: 'Nord', customerId: 'c1', days: '30' }
    expect(createdFields(fields, values)).toEqual({ name: 'Nord', customerId: 'c1', days: 30, kind: 'a' })
  })

  test('null for a default that was emptied on purpose', () => {
    expect(createdFields(fields, { ...initialValues(fields), name: 'Nord', kind: null })).toEqual({
      name: 'Nord',
      days: 14,
      kind: null,
    })
  })
})

describe('what a form for a new record starts with', () => {
  test('the address fills fields in their own types', () => {
    const values = initialValues(
      fields,
      new URLSearchParams('customerId=c9&days=7&tags=x,y&kind=a&number=K-9&unknown=1'),
    )
    expect(values).toMatchObject({ customerId: 'c9', days: 7, tags: ['x', 'y'], kind: 'a' })
    expect(values).not.toHaveProperty('number')
    expect(values).not.toHaveProperty('unknown')
  })

  test('what makes no sense for a field is left to its default', () => {
    expect(initialValues(fields, new URLSearchParams('days=many&kind=zzz'))).toMatchObject({
      days: 14,
      kind: 'a',
    })
  })
})

describe('amounts, places and accounts', () => {
  const special = [
    field('price', 'money', { currency: 'EUR' }),
    field('place', 'geo'),
    field('account', 'iban'),
    field('extra', 'json'),
  ]
  const before = {
    price: { amount: '12.50', currency: 'EUR' },
    place: { lat: 53.5, lng: 10 },
    account: 'DE89370400440532013000',
    extra: { a: 1 },
  }

  test('send nothing when they only look different', () => {
    const now = {
      price: { amount: '12.5', currency: 'EUR' },
      place: { lng: 10, lat: 53.5 },
      account: 'de89 3704 0044 0532 0130 00',
      extra: { a: 1 },
    }
    expect(changedFields(special, before, now)).toEqual({})
  })

  test('are empty while nothing is typed', () => {
    const now = {
      price: { amount: null, currency: 'EUR' },
      place: { lat: null, lng: null },
      account: '',
      extra: null,
    }
    expect(changedFields(special, before, now)).toEqual({
      price: null,
      place: null,
      account: null,
      extra: null,
    })
    expect(createdFields(special, now)).toEqual({})
  })

  test('send half a place as it is, for the server to name what is missing', () => {
    expect(createdFields(special, { place: { lat: 53.5, lng: null } })).toEqual({ place: { lat: 53.5 } })
  })

  test('send another currency as a change', () => {
    const now = { ...before, price: { amount: '12.50', currency: 'USD' } }
    expect(changedFields(special, before, now)).toEqual({ price: { amount: '12.50', currency: 'USD' } })
  })
})
