import { maskOf, type MaskKind } from '@plinth/sdk'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { makeRecord } from './support/index.ts'
import { runs } from './support/chance.ts'

const platform = await bootFixtures({ plugins: ['clinic'] })
afterAll(() => platform.stop())
const { admin, member } = platform.tenant('acme')

/** Values of the types a kind of mask goes with. */
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((each) => !/[\0\s]/.test(each))
const VALUES: readonly (readonly [kind: MaskKind, field: string, values: fc.Arbitrary<string>])[] = [
  ['last4', 'insurance', text],
  [
    'email',
    'email',
    fc.tuple(text, fc.constantFrom('@x.de', '', '@', '@ä@b.c')).map((parts) => parts.join('')),
  ],
  ['phone', 'phone', fc.stringMatching(/^\+?[0-9(][0-9 ()/.-]{0,20}$/)],
  ['full', 'notes', text],
  ['iban', 'account', fc.stringMatching(/^[A-Z]{2}[0-9]{13,30}$/)],
]

test.each(VALUES)('the database masks %s as the SDK does', async (kind, field, values) => {
  const { id } = await makeRecord(admin, 'clinic.patient')
  await fc.assert(
    fc.asyncProperty(
      values.filter((value) => value.isWellFormed()),
      async (value) => {
        // Whatever stands in the column, however it came there.
        await platform.sql(`UPDATE shared.clinic_patient SET ${field} = $1 WHERE id = $2`, [value, id])
        const { body } = await member.get(`/clinic/patients/${id}`)
        expect(body[field]).toBe(maskOf(kind, value))
      },
    ),
    { numRuns: runs(60) },
  )
})
