import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { expect, test, vi } from 'vitest'

// The grid's own elements come along with the columns; the test's page lacks what they register at load.
vi.hoisted(() => vi.stubGlobal('CSS', { registerProperty: () => undefined }))

const { contested } = await import('./conflict.ts')

const field = (name: string, type: FieldMeta['type'] = 'string'): FieldMeta => ({
  name,
  type,
  label: { en: name },
  required: false,
  readOnly: false,
  immutable: false,
  sortable: true,
})

const meta = { fields: [field('name'), field('phone'), field('hours', 'decimal')] } as unknown as EntityMeta
const latest = { id: '1', version: 2, name: 'Theirs', phone: '+49 30 1', hours: '40.00' } as never

test('only what differs from the saved record is asked about', () => {
  const names = (changes: Record<string, unknown>) =>
    contested(meta, changes, latest, {}).map(({ field: { name } }) => name)
  expect(names({ name: 'Mine', phone: '+49 30 1' })).toEqual(['name'])
  expect(names({ hours: '40' })).toEqual([])
  expect(names({})).toEqual([])
})
