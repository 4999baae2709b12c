import type { FieldMeta } from '@plinth/sdk'
import { beforeEach, expect, test } from 'vitest'
import { setLocale } from '../i18n/locale.ts'
import { checkValues, fieldOf, problemText, problemsByField } from './problems.ts'

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

const fields = [field('name', { required: true }), field('address', { type: 'address' }), field('a/b~c')]

beforeEach(() => setLocale('de'))

test('a pointer into a field belongs to the field, in the order of the form', () => {
  const { byField, rest } = problemsByField(
    [
      { pointer: '/a~1b~0c', code: 'format', detail: '' },
      { pointer: '/address/zip', code: 'maxLength', detail: '' },
      { pointer: '/tenant_id', code: 'unknown', detail: 'There is no such field.' },
      { pointer: '/name', code: 'required', detail: '' },
      { pointer: '', code: 'type', detail: '' },
    ],
    fields,
  )
  expect([...byField.keys()]).toEqual(['name', 'address', 'a/b~c'])
  expect(rest.map((error) => error.pointer)).toEqual(['/tenant_id', ''])
})

test('parts of a field of the workspace are told apart like those of any other', () => {
  const errors = [{ pointer: '/custom/parked/zip', code: 'maxLength', detail: '' }]
  const { byField } = problemsByField(errors, [field('custom.parked', { type: 'address' })])
  expect(byField.get('custom.parked')?.map(({ pointer }) => pointer)).toEqual(['/custom.parked/zip'])
})

test('a needed value that is missing or blank is named before anything is sent', () => {
  const found = (values: Record<string, unknown>) =>
    checkValues(fields, values, new Map()).map((error) => error.pointer)
  expect(found({ name: '' })).toEqual(['/name'])
  expect(found({ name: '  ' })).toEqual(['/name'])
  expect(found({ name: 'Nord' })).toEqual([])
})

test('text that could not be read as a number is a problem of its own, not a missing value', () => {
  expect(checkValues(fields, { name: null }, new Map([['name', 'number']]))).toMatchObject([
    { code: 'number' },
  ])
})

test('codes become sentences in the language of the member', () => {
  const days = field('days', { type: 'int', min: 0, max: 365 })
  const say = (code: string, of: FieldMeta) => problemText({ pointer: '', code, detail: 'Raw.' }, of)
  expect(say('maximum', days)).toBe('Zwischen 0 und 365.')
  expect(say('format', field('mail', { type: 'email' }))).toContain('name@firma.de')
  expect(say('maxLength', field('name', { maxLength: 1000 }))).toBe('Höchstens 1.000 Zeichen.')
  expect(say('crm.vat_wrong', days)).toBe('Raw.')
  setLocale('en')
  expect(say('maximum', days)).toBe('Between 0 and 365.')
})

test('what is in custom belongs to the field of the workspace', () => {
  const error = { pointer: '/custom/region', code: 'enum', detail: '' }
  expect(fieldOf(error.pointer)).toBe('custom.region')
  expect(fieldOf('/billingAddress/zip')).toBe('billingAddress')
})
