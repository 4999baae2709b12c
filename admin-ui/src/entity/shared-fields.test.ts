import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { expect, test } from 'vitest'
import { sharedFields } from './shared-fields.ts'

const field = (name: string, more: Partial<FieldMeta> = {}): FieldMeta =>
  ({ name, type: 'string', readOnly: false, immutable: false, ...more }) as FieldMeta

test('many records share what may be written, is not hidden and does not name them', () => {
  const fields = [
    field('name'),
    field('status'),
    field('number', { readOnly: true }),
    field('kind', { immutable: true }),
    field('total', { computed: true, readOnly: true }),
    field('salary', { mask: { kind: 'full', reveal: true, replace: true } }),
  ]
  const meta = { display: ['name'], fields } as unknown as EntityMeta
  expect(sharedFields(meta).map(({ name }) => name)).toEqual(['status'])
})
