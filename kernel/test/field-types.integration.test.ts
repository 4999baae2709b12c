import { CURRENCIES, currencyDigits } from '@plinth/sdk'
import fc from 'fast-check'
import { composeIBAN } from 'ibantools'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { isVisible } from './plain-text.ts'
import { runs } from './support/chance.ts'

const platform = await bootFixtures({ plugins: ['market'], roles: ['web'] })
const { admin } = platform.tenant('acme')
const OFFERS = '/market/offers'

afterAll(() => platform.stop())

const create = (values: object) => admin.post(OFFERS, { name: 'Offer', ...values })

/** The stored amounts in an order that shows scaling and signs. */
const amount = (currency: string): fc.Arbitrary<string> => {
  const digits = currencyDigits(currency)!
  return fc
    .tuple(fc.boolean(), fc.bigInt(0n, 10n ** 14n - 1n), fc.integer({ min: 0, max: 10 ** digits - 1 }))
    .map(([negative, whole, rest]) => {
      const fraction = digits > 0 ? `.${String(rest).padStart(digits, '0')}` : ''
      const text = `${whole}${fraction}`
      return `${negative && /[1-9]/.test(text) ? '-' : ''}${text}`
    })
}

const money = fc
  .constantFrom(...CURRENCIES)
  .chain((currency) => fc.record({ amount: amount(currency), currency: fc.constant(currency) }))

const words = fc
  .string({ unit: 'grapheme', maxLength: 50 })
  .map((text) => text.normalize('NFC').trim())
  .filter((text) => isVisible(text) && !text.includes('\0') && text.isWellFormed())

const json = fc
  .oneof(fc.array(fc.jsonValue({ maxDepth: 3 })), fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })))
  // The parser of Node 24 is led astray by a member called so, see `hasBackslashName`; the API refuses it.
  .filter((value) => !/"\\\\":/.test(JSON.stringify(value)))
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  .filter((value) => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value)))

/** What is nearer to zero than an atom is wide is stored as zero. */
const degrees = (value: number) => (Math.abs(value) < 1e-15 ? 0 : value)

/** Values of each type as they are answered, so that what is written must come back without any difference. */
const VALUES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  price: fc.record({ amount: amount('EUR'), currency: fc.constant('EUR') }),
  foreign: money,
  account: fc
    .bigInt(0n, 10n ** 18n - 1n)
    .map((digits) => composeIBAN({ countryCode: 'DE', bban: String(digits).padStart(18, '0') })),
  place: fc.record({
    lat: fc.double({ min: -90, max: 90, noNaN: true }).map(degrees),
    lng: fc.double({ min: -180, max: 180, noNaN: true }).map(degrees),
  }),
  details: json,
  size: fc.record({ width: fc.integer({ min: 1 }), unit: fc.constantFrom('cm', null) }),
  weight: fc.bigInt(0n, 999_999_999_999_499_999n).map((scaled) => {
    const text = String(scaled).padStart(7, '0')
    return `${text.slice(0, -6)}.${text.slice(-6)}`
  }),
  phone: fc.constantFrom('+49 40 123456', '(040) 12 34-56', '112', '0800/123.456'),
  website: fc.webUrl({ validSchemes: ['http', 'https'] }),
  address: fc
    .record(
      {
        street: words,
        zip: words.map((text) => text.slice(0, 20).trim()),
        city: words,
        country: fc.constantFrom('DE', 'AT', 'XK'),
      },
      { requiredKeys: ['city'] },
    )
    .filter((address) => Object.values(address).every((part) => isVisible(part) && part.isWellFormed())),
  tags: fc.uniqueArray(
    words.filter((tag) => tag.length <= 50),
    { maxLength: 50 },
  ),
  text: fc
    .string({ unit: 'grapheme' })
    .map((text) => text.normalize('NFC'))
    .filter((text) => isVisible(text) && !text.includes('\0') && text.isWellFormed()),
  email: fc.constantFrom('a@b.example', 'first.last+tag@sub.example.com'),
  count: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
  open: fc.boolean(),
  day: fc
    .date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10)),
  kind: fc.constant('new'),
}

describe.each(Object.entries(VALUES))('%s', (name, values) => {
  test('reads as it was written, in the answer, alone, in a list and after a change', async () => {
    const { body: base } = await create({})
    let version = 1
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        const created = await create({ [name]: value })
        expect(created.status, created.text).toBe(201)
        expect(created.body[name]).toEqual(value)
        const { body: alone } = await admin.get(`${OFFERS}/${created.body.id}`)
        expect(alone).toEqual(created.body)
        const filter = encodeURIComponent(JSON.stringify({ id: created.body.id }))
        expect((await admin.get(`${OFFERS}?filter=${filter}`)).body.items).toEqual([created.body])
        const changed = await admin.patch(`${OFFERS}/${base.id}`, { [name]: value }, { version })
        expect(changed.status, changed.text).toBe(200)
        expect(changed.body[name]).toEqual(value)
        version = changed.body.version
        // The same again is no change: nothing differs from what is stored.
        const again = await admin.patch(`${OFFERS}/${base.id}`, { [name]: value }, { version })
        expect(again.body.version).toBe(version)
        const emptied = await admin.patch(`${OFFERS}/${base.id}`, { [name]: null }, { version })
        expect((await admin.get(`${OFFERS}/${base.id}`)).body[name]).toBeNull()
        version = emptied.body.version
      }),
      { numRuns: runs(40) },
    )
  })
})

describe('what is written differently is stored as', () => {
  test.each([
    ['price', { amount: 12.5, currency: 'EUR' }, { amount: '12.50', currency: 'EUR' }],
    ['price', { amount: '7' }, { amount: '7.00', currency: 'EUR' }],
    ['price', { amount: '-0.00', currency: 'eur' }, { amount: '0.00', currency: 'EUR' }],
    ['price', { amount: '', currency: 'EUR' }, null],
    ['price', '', null],
    ['foreign', { amount: '0012', currency: 'JPY' }, { amount: '12', currency: 'JPY' }],
    ['foreign', { amount: '0.5', currency: 'KWD' }, { amount: '0.500', currency: 'KWD' }],
    ['account', 'de89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['place', { lat: -0, lng: 180 }, { lat: 0, lng: 180 }],
    ['place', { lat: 5e-324, lng: -1e-200 }, { lat: 0, lng: 0 }],
    ['address', { street: ' ', city: ' Hamburg ', country: 'de' }, { city: 'Hamburg', country: 'DE' }],
    ['address', { street: '', city: null }, null],
    ['address', {}, null],
    ['website', 'https://müller.example/ä', 'https://xn--mller-kva.example/%C3%A4'],
    ['tags', [' a ', 'b'], ['a', 'b']],
    ['weight', 0.25, '0.250000'],
  ])('%s %j → %j', async (name, value, stored) => {
    const { body, status, text } = await create({ [name]: value })
    expect(status, text).toBe(201)
    expect(body[name]).toEqual(stored)
  })
})

describe('refused at its pointer', () => {
  test.each([
    ['/price/amount', { price: { amount: '1.234', currency: 'EUR' } }],
    ['/price/amount', { price: { amount: '100000000000000', currency: 'EUR' } }],
    ['/price/amount', { price: { amount: '1,20', currency: 'EUR' } }],
    ['/price/currency', { price: { amount: '1', currency: 'USD' } }],
    ['/price/tax', { price: { amount: '1', tax: 1 } }],
    ['/price', { price: '1.00' }],
    ['/price/amount', { price: {} }],
    ['/fee/amount', { fee: { amount: '-0.01' } }],
    ['/fee', { fee: null }],
    ['/foreign/amount', { foreign: { amount: '1.5', currency: 'JPY' } }],
    ['/foreign/currency', { foreign: { amount: '1', currency: 'XXX' } }],
    ['/foreign/currency', { foreign: { amount: '1' } }],
    ['/account', { account: 'DE89370400440532013001' }],
    ['/account', { account: 'DE8937040044053201300' }],
    ['/account', { account: 'XX89370400440532013000' }],
    ['/place/lat', { place: { lat: 90.1, lng: 0 } }],
    ['/place/lng', { place: { lat: 0 } }],
    ['/place/lng', { place: { lat: 0, lng: '9' } }],
    ['/details', { details: 'text' }],
    ['/size/width', { size: {} }],
    ['/size/width', { size: { width: 0 } }],
    ['/size/depth', { size: { width: 1, depth: 1 } }],
    ['/size/unit', { size: { width: 1, unit: 'm' } }],
    ['/weight', { weight: '999999999999.500001' }],
    ['/weight', { weight: '-0.000002' }],
    ['/weight', { weight: '1e3' }],
    ['/phone', { phone: '+49' }],
    ['/phone', { phone: '12 ext' }],
    ['/website', { website: 'ftp://example.com' }],
    ['/website', { website: 'https://' }],
    ['/address/country', { address: { country: 'ZZ' } }],
    ['/address/planet', { address: { planet: 'Earth' } }],
    ['/tags/0', { tags: [' '] }],
    ['/tags', { tags: ['a', ' a'] }],
  ])('%s in %j', async (pointer, values) => {
    const answer = await create(values)
    expectProblem(answer, 422, 'validation_failed')
    const errors = answer.body.errors as { pointer: string }[]
    expect(errors.map((error) => error.pointer)).toContain(pointer)
  })
})

test('a default of a fixed currency is given, and told to forms', async () => {
  expect((await create({})).body.fee).toEqual({ amount: '1.50', currency: 'EUR' })
  const { body: meta } = await admin.get('/meta/market/offer')
  const field = (name: string) => meta.fields.find((each: { name: string }) => each.name === name)
  expect(field('fee')).toMatchObject({
    default: { amount: '1.50', currency: 'EUR' },
    currency: 'EUR',
    sortable: true,
  })
  expect(field('foreign')).toMatchObject({ sortable: false })
})

test('the API description says what the values look like', async () => {
  const { properties } = (await admin.get('/openapi.json')).body.components.schemas['market.offer.create']
  expect(properties.fee.properties.currency).toEqual({ type: 'string', enum: ['EUR'] })
  expect(properties.size.anyOf[0]).toMatchObject({ required: ['width'] })
  expect(properties.account.anyOf[0]).toMatchObject({ format: 'iban' })
})
