import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { expect, test, vi } from 'vitest'
import { listColumns } from './list-columns.ts'

// The grid's own elements come along with the columns; the test's page lacks what they register at load.
vi.hoisted(() => vi.stubGlobal('CSS', { registerProperty: () => undefined }))

const field = (name: string, more: Partial<FieldMeta> = {}): FieldMeta => ({
  name,
  type: 'string',
  label: { en: name },
  required: false,
  readOnly: false,
  immutable: false,
  sortable: true,
  ...more,
})

function meta(display: string[], columns: string[], fields: FieldMeta[]): EntityMeta {
  return {
    id: 'x.y',
    label: { en: 'Y' },
    labelPlural: { en: 'Ys' },
    icon: 'user',
    path: '/app/x/ys',
    api: '/api/v1/x/ys',
    display,
    fields,
    list: { columns, sort: 'name', filters: [], searchable: false },
    form: { groups: [] },
    related: [],
    can: [],
  }
}

const shape = (columns: ReturnType<typeof listColumns>) =>
  columns.map(({ key, kind, title }) => [key, kind, title ?? false])

test('first name, last name and e-mail address become one person', () => {
  const fields = [
    field('number', { readOnly: true }),
    field('firstName'),
    field('lastName'),
    field('email', { type: 'email' }),
    field('status', { type: 'enum' }),
  ]
  const columns = listColumns(
    meta(['firstName', 'lastName'], ['number', 'firstName', 'lastName', 'email', 'status'], fields),
  )
  expect(shape(columns)).toEqual([
    ['number', 'code', false],
    ['name', 'person', true],
    ['status', 'status', false],
  ])
  const row = { firstName: 'Nele', lastName: 'Thiel', email: 'nele@nord.example' } as never
  expect(columns[1]?.value?.(row)).toBe('Nele Thiel')
  expect(columns[1]?.secondary?.(row)).toBe('nele@nord.example')
  expect(columns[1]?.sort).toBe('lastName')
})

test('a number beside the subject stays a column of its own, and the subject opens the record', () => {
  const fields = [field('number', { readOnly: true }), field('subject')]
  expect(shape(listColumns(meta(['number', 'subject'], ['number', 'subject'], fields)))).toEqual([
    ['number', 'code', false],
    ['subject', 'text', true],
  ])
})

test('where no column names the record, the first one opens it', () => {
  const fields = [field('day', { type: 'date' }), field('note')]
  expect(shape(listColumns(meta(['id'], ['day', 'note'], fields)))[0]).toEqual(['day', 'date', true])
})

test('a reference to something switched off is no column', () => {
  const fields = [field('name'), field('customerId', { type: 'ref' })]
  expect(shape(listColumns(meta(['name'], ['name', 'customerId'], fields)))).toEqual([['name', 'text', true]])
})

test('the field all rows share is left out of a related list', () => {
  const ref = { entity: 'crm.customer', include: 'customer', api: '', path: '' }
  const fields = [field('name'), field('customerId', { type: 'ref', ref })]
  expect(listColumns(meta(['name'], ['name', 'customerId'], fields), new Map(), 'customerId')).toHaveLength(1)
})
