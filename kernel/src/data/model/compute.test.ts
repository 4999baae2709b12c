import type { ProblemError } from '@plinth/sdk'
import { describe, expect, test } from 'vitest'
import { manifest } from '../../../test/fixtures/plugins/billing/manifest.ts'
import { computeFields } from './compute.ts'
import { buildModels, type EntityModel } from './entity-model.ts'

const models = buildModels([manifest])
const invoice = models.get('billing.invoice')!
const line = models.get('billing.line')!
const money = (amount: string, currency = 'EUR') => ({ amount, currency })

/** What is computed of a record with these lines, and what could not be. */
function compute(model: EntityModel, values: object, lines?: readonly object[]) {
  const errors: ProblemError[] = []
  const computed = computeFields(
    model,
    values as Record<string, unknown>,
    (name) => (name === 'lines' ? (lines as readonly Record<string, unknown>[] | undefined) : undefined),
    errors,
  )
  return { computed, errors: errors.map(({ pointer, code }) => `${pointer} ${code}`) }
}

describe('a calculation', () => {
  test.each([
    ['2', '3.00', '6.00'],
    ['0.333', '0.10', '0.03'],
    ['0.5', '0.01', '0.01'],
    ['-0.5', '0.01', '-0.01'],
    ['3.000', '99999999999.99', '299999999999.97'],
  ])('of %s times %s is %s, rounded once', (quantity, price, amount) => {
    expect(compute(line, { quantity, price: money(price) }).computed).toEqual({ amount: money(amount) })
  })

  test('with an empty value is empty', () => {
    expect(compute(line, { quantity: '2', price: null }).computed).toEqual({ amount: null })
  })

  test('that results in too much is refused at its field', () => {
    const { computed, errors } = compute(line, { quantity: '999999999999', price: money('9999999999999.99') })
    expect([computed, errors]).toEqual([{}, ['/amount range']])
  })
})

describe('sums and numbers of children', () => {
  const none = { number: 'R-1', subject: 'Work', discount: '0' }

  test('of none are zero, or empty where the currency is open', () => {
    expect(compute(invoice, none, []).computed).toMatchObject({
      net: money('0.00'),
      hours: '0.000',
      lineCount: 0,
      freeCount: 0,
      foreign: null,
      total: money('0.00'),
    })
  })

  test('leave out what is empty, and carry on to what follows from them', () => {
    const lines = [
      { amount: money('0.10'), quantity: '1.5', free: false },
      { amount: money('0.20'), quantity: '0.25', free: true },
      { amount: null, quantity: '1', free: true },
    ]
    expect(compute(invoice, { ...none, discount: '50' }, lines).computed).toMatchObject({
      net: money('0.30'),
      hours: '2.750',
      lineCount: 3,
      freeCount: 2,
      total: money('0.15'),
    })
  })

  test('of several currencies are refused, as their sum says nothing', () => {
    const { errors } = compute(invoice, none, [
      { foreign: money('1.00', 'USD') },
      { foreign: money('1.00', 'CHF') },
    ])
    expect(errors).toEqual(['/foreign currency'])
  })

  test('stay as they are where nobody looked at the children', () => {
    const { computed } = compute(invoice, { ...none, net: money('10.00') })
    expect(Object.keys(computed).toSorted()).toEqual(['title', 'total'])
    expect(computed['total']).toEqual(money('10.00'))
  })
})

describe('joined texts', () => {
  test('leave out what is empty, and are empty where only fixed words are left', () => {
    expect(compute(invoice, { number: 'R-1', subject: null }).computed['title']).toBe('R-1 –')
    expect(compute(invoice, { number: null, subject: '' }).computed['title']).toBeNull()
  })

  test('that are too long for their field are refused', () => {
    expect(compute(invoice, { number: 'R-1', subject: 'x'.repeat(115) }).errors).toEqual(['/title maxLength'])
  })
})
