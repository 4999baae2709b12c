import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { render } from 'lit'
import { expect, test, vi } from 'vitest'
import { renderFacts } from './record-facts.ts'

// The grid's own elements come along with the facts; the test's page lacks what they register at load.
vi.hoisted(() => vi.stubGlobal('CSS', { registerProperty: () => undefined }))

const field = (name: string): FieldMeta => ({
  name,
  type: 'string',
  label: { en: name },
  required: false,
  readOnly: false,
  immutable: false,
  sortable: true,
})

/** The headings of a record's facts, in their order. */
function headings(...groups: EntityMeta['form']['groups']): string[] {
  const names = groups.flatMap((group) => group.fields)
  const meta = { api: '/api/v1/shop/pieces', display: [], fields: names.map(field), form: { groups } }
  const record = { id: '1', version: 1, ...Object.fromEntries(names.map((name) => [name, name])) }
  const place = document.createElement('div')
  render(renderFacts(meta as unknown as EntityMeta, record as never, new Map()), place)
  return Array.from(place.querySelectorAll('h2'), (heading) => heading.textContent.trim())
}

const plain = (...fields: string[]) => ({ label: null, fields })
const named = (en: string, ...fields: string[]) => ({ label: { en }, fields })

test('facts without a group of their own are the details, and further ones only after others', () => {
  expect(headings(plain('a', 'b'))).toEqual(['Details'])
  expect(headings(plain('a'), named('Fields of the workspace', 'b'))).toEqual([
    'Details',
    'Fields of the workspace',
  ])
  expect(headings(named('Contact', 'a'), plain('b'))).toEqual(['Contact', 'Further details'])
})
