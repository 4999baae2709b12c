import { CURRENCIES, currencyDigits, type Money } from '@plinth/sdk'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import type { TestPlatform, TestTenant } from './support/index.ts'
import { runs } from './support/chance.ts'

let platform: TestPlatform
let acme: TestTenant

beforeAll(async () => {
  platform = await bootFixtures({ plugins: ['market'] })
  acme = platform.tenant('acme')
})
afterAll(() => platform.stop())

const OFFERS = '/market/offers'
const ask = (parameters: Record<string, string>) =>
  acme.admin.get(`${OFFERS}/aggregate?${new URLSearchParams(parameters).toString()}`)

/** Minor units of amounts as texts. */
const minor = ({ amount }: Money): bigint => BigInt(amount.replace('.', ''))
const amountOf = (value: bigint, currency: string): string => {
  const digits = currencyDigits(currency)!
  const text = String(value < 0n ? -value : value).padStart(digits + 1, '0')
  const sign = value < 0n ? '-' : ''
  return `${sign}${text.slice(0, text.length - digits)}${digits > 0 ? `.${text.slice(-digits)}` : ''}`
}
/** Half away from zero. */
const average = (sum: bigint, count: bigint): bigint =>
  sum < 0n ? -((-sum * 2n + count) / (count * 2n)) : (sum * 2n + count) / (count * 2n)

test('amounts are added up by currency, exactly, whatever they are', async () => {
  const amount = fc
    .tuple(
      fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF', ...CURRENCIES),
      fc.bigInt(-(10n ** 14n) + 1n, 10n ** 14n - 1n),
    )
    .map(([currency, value]): Money => ({ currency, amount: amountOf(value, currency) }))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(amount), { minLength: 1, maxLength: 12 }), async (amounts) => {
      const mark = `m${Math.random().toString(36).slice(2)}`
      const create = amounts.map((foreign) => ({ name: mark, foreign }))
      const made = await acme.admin.post(`${OFFERS}/bulk`, { create, atomic: true })
      expect(made.status, made.text).toBe(200)
      const { body } = await ask({
        sum: 'foreign',
        avg: 'foreign',
        min: 'foreign',
        max: 'foreign',
        limit: '200',
        filter: JSON.stringify({ name: mark }),
      })
      for (const { key, count, sum, avg, min, max } of body.groups) {
        const currency = key['foreign.currency'] as string | null
        const own = amounts.filter((each) => (each?.currency ?? null) === currency)
        expect(count).toBe(own.length)
        if (currency === null) {
          expect([sum.foreign, avg.foreign, min.foreign, max.foreign]).toEqual([null, null, null, null])
          continue
        }
        const values = own.map((each) => minor(each!)).toSorted((left, right) => (left < right ? -1 : 1))
        const total = values.reduce((left, right) => left + right, 0n)
        const money = (value: bigint) => ({ amount: amountOf(value, currency), currency })
        expect(sum.foreign).toEqual(money(total))
        expect(avg.foreign).toEqual(money(average(total, BigInt(values.length))))
        expect(min.foreign).toEqual(money(values[0]!))
        expect(max.foreign).toEqual(money(values.at(-1)!))
      }
      expect(body.groups).toHaveLength(new Set(amounts.map((each) => each?.currency)).size)
    }),
    { numRuns: runs(40) },
  )
})

test('where the field has one currency there is one group, and it can be sorted by', async () => {
  for (const fee of ['1.00', '2.50']) await acme.admin.post(OFFERS, { name: 'Fixed', fee: { amount: fee } })
  const filter = JSON.stringify({ name: 'Fixed' })
  const { body } = await ask({ sum: 'fee', filter, sort: '-sum.fee' })
  expect(body.groups).toEqual([{ key: {}, count: 2, sum: { fee: { amount: '3.50', currency: 'EUR' } } }])
  const grouped = await ask({ group: 'foreign.currency', filter })
  expect(grouped.body.groups).toEqual([{ key: { 'foreign.currency': null }, count: 2 }])
})

test('amounts of different currencies have no order, and nothing but money has a currency', async () => {
  expectProblem(await ask({ sum: 'foreign', sort: 'sum.foreign' }), 400, 'query_invalid')
  expectProblem(await ask({ group: 'name.currency' }), 400, 'query_invalid')
  expectProblem(await ask({ group: 'foreign' }), 400, 'query_invalid')
  expectProblem(await ask({ group: 'foreign.amount' }), 400, 'query_invalid')
  expectProblem(await ask({ group: 'foreign.currency.x' }), 400, 'query_invalid')
})
