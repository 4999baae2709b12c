import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { expect, test } from 'vitest'
import { setLocale } from '../i18n/locale.ts'
import { customFacts } from './custom-facts.ts'

const field = (name: string, type: FieldMeta['type'], more: Partial<FieldMeta> = {}): FieldMeta => ({
  name,
  type,
  label: { en: name, de: `${name} (de)` },
  required: false,
  readOnly: false,
  immutable: false,
  sortable: false,
  ...more,
})
const meta = {
  fields: [
    field('name', 'string'),
    field('custom.fee', 'decimal'),
    field('custom.fuel', 'enum', { values: [{ value: 'gas', label: { en: 'Gas', de: 'Benzin' } }] }),
    field('custom.built', 'date'),
    field('custom.sold', 'bool'),
    field('custom.extras', 'tags'),
    field('custom.keeper', 'member'),
    field('custom.empty', 'string'),
  ],
} as unknown as EntityMeta
const base = { id: '1', version: 1, createdAt: '', createdBy: null, updatedAt: '', updatedBy: null }

test('what a workspace wants to know of a record is said in the words of the member, and only what is known', () => {
  const custom = {
    fee: '1234.50',
    fuel: 'gas',
    built: '2020-02-03',
    sold: false,
    extras: ['roof', 'hook'],
    keeper: 'x',
    empty: null,
  }
  setLocale('de')
  expect(customFacts(meta, { ...base, name: 'A', custom }).map(({ label, text }) => [label, text])).toEqual([
    ['custom.fee (de)', '1.234,50'],
    ['custom.fuel (de)', 'Benzin'],
    ['custom.built (de)', '03.02.2020'],
    ['custom.sold (de)', 'Nein'],
    ['custom.extras (de)', 'roof, hook'],
  ])
  expect(customFacts(meta, { ...base, name: 'A' })).toEqual([])
})
