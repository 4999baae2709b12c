import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { expect, test } from 'vitest'
import { readState, toFilter, writeState } from './list-state.ts'

const field = (name: string, type: FieldMeta['type'], more: Partial<FieldMeta> = {}): FieldMeta => ({
  name,
  type,
  label: { en: name },
  required: false,
  readOnly: false,
  immutable: false,
  sortable: type === 'string',
  ...more,
})

const meta: EntityMeta = {
  id: 'crm.contact',
  label: { en: 'Contact' },
  labelPlural: { en: 'Contacts' },
  icon: 'user',
  path: '/app/crm/contacts',
  api: '/api/v1/crm/contacts',
  display: ['name'],
  fields: [
    field('name', 'string'),
    field('status', 'enum', { values: [{ value: 'lead', label: { en: 'Lead' } }] }),
    field('isPrimary', 'bool'),
    field('customerId', 'ref'),
  ],
  list: { columns: ['name'], sort: 'name', filters: ['status'], searchable: true },
  form: { groups: [] },
  related: [],
  can: [],
}

const customer = '0190a1b2-0000-7000-8000-000000000001'

test('an address written from a state reads as the same state', () => {
  const state = {
    q: 'Müller & Söhne',
    sort: '-name',
    filters: { status: 'lead', isPrimary: 'false', customerId: customer },
  }
  const written = Object.entries(writeState(meta, state)).filter(([, value]) => value !== null) as [
    string,
    string,
  ][]
  expect(readState(meta, new URLSearchParams(new URLSearchParams(written).toString()))).toEqual(state)
})

test('a state without search, filter and order of its own leaves nothing in the address', () => {
  const written = writeState(meta, { q: '', sort: 'name', filters: {} })
  expect(Object.values(written).every((value) => value === null)).toBe(true)
})

test('what an old or wrong link carries is ignored', () => {
  const params = new URLSearchParams(
    'status=gone&isPrimary=maybe&customerId=7&sort=secret&other=1&id=' + customer,
  )
  expect(readState(meta, params)).toEqual({ q: '', sort: '', filters: {} })
})

test('a list without search does not send one', () => {
  const unsearchable = { ...meta, list: { ...meta.list, searchable: false } }
  expect(readState(unsearchable, new URLSearchParams('q=x')).q).toBe('')
})

test('the server is asked with values of the right type', () => {
  const filters = { isPrimary: 'true', status: 'lead', customerId: customer }
  expect(toFilter(meta, { q: '', sort: '', filters })).toEqual({
    isPrimary: true,
    status: 'lead',
    customerId: customer,
  })
})
