import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { brokenChecks } from '../src/data/model/check.ts'
import { byColumn } from '../src/data/write/row-statements.ts'
import { checkConstraint } from '../src/data/schema/check-constraints.ts'
import { toStored } from '../src/data/model/field-columns.ts'
import { buildModels } from '../src/data/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { manifest } from './fixtures/plugins/billing/manifest.ts'
import { euro, INVOICES, LINES, makeInvoice, pointers } from './invoices.ts'
import { runs } from './support/chance.ts'

const platform = await bootFixtures({ plugins: ['billing'] })
afterAll(() => platform.stop())
const { admin } = platform.tenant('acme')

test('a rule over several fields refuses new values, naming rule and field', async () => {
  const refused = await admin.post(INVOICES, {
    subject: 'Work',
    issuedOn: '2026-05-02',
    dueOn: '2026-05-01',
    state: 'sent',
  })
  expectProblem(refused, 422, 'validation_failed')
  expect(pointers(refused)).toEqual(['/dueOn check.due-after-issue', '/payerId check.sent-with-payer'])
  expect(refused.body.errors[0].detail).toBe('It cannot be due before it is issued.')
})

test('a rule judges the record as a change would leave it, with what is computed', async () => {
  const made = await makeInvoice(admin, { dueOn: '2026-05-01', limit: euro('25.00') })
  const early = await admin.patch(
    `${INVOICES}/${made.id}`,
    { issuedOn: '2026-06-01' },
    { version: made.version },
  )
  expect(pointers(early)).toEqual(['/dueOn check.due-after-issue'])
  const dear = await admin.patch(
    `${INVOICES}/${made.id}`,
    { lines: [{ text: 'Much', price: euro('26.00') }] },
    { version: made.version },
  )
  expect(pointers(dear)).toEqual(['/limit check.within-limit'])
  const added = await admin.post(LINES, { invoiceId: made.id, text: 'Much', price: euro('26.00') })
  expect(pointers(added)).toEqual(['/invoiceId check.within-limit'])
  const both = { issuedOn: '2026-06-01', dueOn: '2026-06-02', lines: [{ text: 'A', price: euro('25.00') }] }
  expect((await admin.patch(`${INVOICES}/${made.id}`, both, { version: made.version })).status).toBe(200)
})

test('a rule holds where the kernel is not asked, and lets be what was there before it', async () => {
  const { id } = await makeInvoice(admin, {})
  const late = `UPDATE shared.billing_invoice SET due_on = '2000-01-01' WHERE id = $1`
  await expect(platform.sql(late, [id])).rejects.toMatchObject({ code: '23514' })
  const [{ name }] = await platform.sql<any>(
    `SELECT conname AS name FROM pg_constraint WHERE conrelid = 'shared.billing_invoice'::regclass
     AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%due_on >= issued_on%'`,
  )
  const definition = `CHECK (due_on >= issued_on) NOT VALID`
  await platform.sql(`ALTER TABLE shared.billing_invoice DROP CONSTRAINT "${name}"`)
  await platform.sql(late, [id])
  await platform.sql(`ALTER TABLE shared.billing_invoice ADD CONSTRAINT "${name}" ${definition}`)
  const { body } = await admin.get(`${INVOICES}/${id}`)
  const untouched = await admin.patch(`${INVOICES}/${id}`, { subject: body.subject }, { version: 1 })
  expect(untouched.status, untouched.text).toBe(200)
  const renamed = await admin.patch(`${INVOICES}/${id}`, { subject: 'Other' }, { version: 1 })
  expect(pointers(renamed)).toEqual(['/dueOn check.due-after-issue'])
})

const models = buildModels([manifest])

/** An amount in EUR as the API shows it, whole or not, or nothing. */
const amount = fc.option(fc.constantFrom('0.00', '0.01', '10.00', '10.01', '-10.00').map(euro))
const date = fc.option(fc.constantFrom('2026-01-01', '2026-01-02', '1999-12-31'))

test.each([
  [
    'billing.invoice',
    fc.record({
      subject: fc.constant('Work'),
      issuedOn: date,
      dueOn: date,
      state: fc.constantFrom('draft', 'sent'),
      payerId: fc.option(fc.constant('01890a5d-ac96-774b-bcce-b302099a8057')),
      total: amount,
      limit: amount,
    }),
  ],
  ['billing.line', fc.record({ free: fc.boolean(), price: amount })],
] as const)('kernel and database judge records of %s alike', async (id, records) => {
  const model = models.get(id)!
  const rules = model.declaration.checks!.map((check) => checkConstraint(model, check).sql)
  await fc.assert(
    fc.asyncProperty(records as fc.Arbitrary<Record<string, unknown>>, async (record) => {
      const row = JSON.stringify(byColumn(model, toStored(model, record)))
      const [answer] = await platform.sql<Record<string, boolean>>(
        `SELECT ${rules.map((sql, index) => `(${sql}) AS r${index}`).join(', ')}
         FROM json_populate_record(NULL::shared.${model.table}, $1) t`,
        [row],
      )
      const broken = brokenChecks(model, record).map(({ code }) => code)
      expect(broken).toEqual(
        model.declaration
          .checks!.filter((_, index) => answer![`r${index}`] === false)
          .map(({ id: rule }) => `check.${rule}`),
      )
    }),
    { numRuns: runs(100) },
  )
})
