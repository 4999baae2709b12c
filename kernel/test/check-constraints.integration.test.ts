import type { CheckDeclaration, Manifest } from '@plinth/sdk'
import { afterAll, expect, inject, test } from 'vitest'
import { buildModels, installSchema } from '../src/data/index.ts'
import { manifest } from './fixtures/plugins/billing/manifest.ts'
import { createTestDatabase } from './support/test-database.ts'

const database = await createTestDatabase(inject('adminUrl'))
await database.appUrl()
afterAll(() => database.drop())

const FROM_CHILDREN = ['net', 'hours', 'lineCount', 'freeCount', 'foreign', 'total']

/** Installs the plugin with these rules for products, and invoices that have lines only where wanted. */
async function install(product: readonly CheckDeclaration[], withChildren = false): Promise<void> {
  const { invoice } = manifest.entities
  const fields = Object.entries(invoice.fields).filter(([name]) => !FROM_CHILDREN.includes(name))
  const entities: Manifest['entities'] = {
    ...manifest.entities,
    invoice: withChildren
      ? invoice
      : { ...invoice, children: {}, checks: [], fields: Object.fromEntries(fields) },
    product: { ...manifest.entities.product, checks: product },
  }
  await installSchema(database.url, buildModels([{ ...manifest, entities }]), new Map())
}

const rule = (id: string, name: string): CheckDeclaration => ({
  id,
  that: { name: { ne: name } },
  message: { en: 'No.' },
  field: 'name',
})
const product = (name: string) =>
  database.sql(
    `INSERT INTO shared.billing_product (tenant_id, id, version, created_at, updated_at, name)
     SELECT id, gen_random_uuid(), 1, now(), now(), $1 FROM plinth.tenant`,
    [name],
  )
const rules = async (): Promise<number> =>
  (
    await database.sql(
      `SELECT FROM pg_constraint WHERE contype = 'c' AND conrelid = 'shared.billing_product'::regclass`,
    )
  ).length

test('rules come, change and go with the versions of a plugin; records from before them stay', async () => {
  await install([])
  await database.sql(
    `INSERT INTO plinth.tenant (id, slug, name, tier) VALUES (gen_random_uuid(), 'old', 'Old', 'free')`,
  )
  await product('red')
  await database.sql(
    `WITH made AS (INSERT INTO shared.billing_invoice (tenant_id, id, version, created_at, updated_at, number, subject, state, discount)
       SELECT id, gen_random_uuid(), 1, now(), now(), 'R-1', 'Old', 'draft', 0 FROM plinth.tenant RETURNING *)
     INSERT INTO shared.billing_line (tenant_id, id, version, created_at, updated_at, invoice_id, text, quantity, free, internal, locked)
     SELECT tenant_id, gen_random_uuid(), 1, now(), now(), id, 'Old', 1, false, false, false FROM made`,
  )
  await install([rule('no-red', 'red')])
  await expect(product('red')).rejects.toMatchObject({ code: '23514' })
  await install([rule('no-red', 'blue')])
  await product('red')
  await expect(product('blue')).rejects.toMatchObject({ code: '23514' })
  await install([])
  await product('blue')
  expect(await rules()).toBe(0)
})

test('constraints of others are left alone', async () => {
  await database.sql(
    `ALTER TABLE shared.billing_product ADD CONSTRAINT billing_product_name_check CHECK (name <> '')`,
  )
  await install([rule('no-green', 'green')])
  expect(await rules()).toBe(2)
  await install([])
  expect(await rules()).toBe(1)
})

test('what becomes children of another keeps its records, in front of those to come', async () => {
  await install([], true)
  const [line] = await database.sql('SELECT ordinal, text FROM shared.billing_line')
  expect(line).toEqual({ ordinal: 0, text: 'Old' })
})
