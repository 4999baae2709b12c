import type { FieldDeclaration } from '@plinth/sdk'
import { expect, test } from 'vitest'
import { buildField } from '../model/build-field.ts'
import { valueSchema } from '../model/json-schema.ts'
import { newAjv } from '../model/value-rules.ts'
import { faultsOf } from './faults-of.ts'

const ajv = newAjv()

function refuse(options: Omit<FieldDeclaration, 'label'>, value: unknown): string[] {
  const field = buildField('fleet', 'value', { label: { en: 'Value' }, ...options })
  const input = { value }
  const validate = ajv.compile({ type: 'object', properties: { value: valueSchema(field) } })
  expect(validate(input)).toBe(false)
  return faultsOf(validate.errors ?? [], input, () => field).map(
    ({ pointer, code, detail }) => `${pointer} ${code}: ${detail}`,
  )
}

test.each([
  [{ type: 'string', required: true }, null, '/value required: This value is needed.'],
  [{ type: 'string' }, 5, '/value type: A text is needed here.'],
  [{ type: 'string', maxLength: 3 }, 'long', '/value maxLength: At most 3 characters are accepted.'],
  [{ type: 'string', pattern: '^a$' }, 'b', '/value pattern: The text does not have the form ^a$.'],
  [{ type: 'phone' }, 'abc', '/value pattern: A phone number is needed here, like +49 40 123456.'],
  [{ type: 'email' }, 'abc', '/value format: An e-mail address is needed here, like name@example.com.'],
  [
    { type: 'url' },
    'ftp://x.example',
    '/value pattern: A complete address is needed here, like https://example.com.',
  ],
  [{ type: 'int', min: 1 }, 0, '/value minimum: The least value is 1.'],
  [
    { type: 'decimal', scale: 3 },
    '1.2345',
    '/value pattern: A number is needed here, with at most 15 digits before the point and at most 3 after it.',
  ],
  [{ type: 'date' }, '2026-02-30', '/value format: A date is needed here, like 2026-01-31.'],
  [
    { type: 'tags' },
    ['a', 'b', 'a'],
    '/value uniqueItems: The same stands twice, at 0 and 2 counted from 0.',
  ],
  [{ type: 'iban' }, 'DE00', '/value minLength: An IBAN is needed here, like DE89 3704 0044 0532 0130 00.'],
  [
    { type: 'money' },
    { amount: 'x', currency: 'EUR' },
    '/value/amount pattern: An amount in digits is needed here, like 12.34.',
  ],
  [
    { type: 'money' },
    { amount: '1.234', currency: 'EUR' },
    '/value/amount scale: The value has more digits after the point than EUR, which has 2.',
  ],
] as const)('%j refuses %j: %s', (options, value, sentence) => {
  expect(refuse(options, value)).toEqual([sentence])
})
