import { randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'

/** The same work, written by hand: no session, no tenancy, no permission, no row-level security, rows turned into JSON by Node. */
const pool = new pg.Pool({ connectionString: process.env['BENCH_ADMIN_URL']!, max: 20 })
const {
  rows: [tenant],
} = await pool.query<{ id: string }>(`SELECT id FROM plinth.tenant WHERE slug = 'bench'`)
const columns = `id, version, created_at AS "createdAt", created_by AS "createdBy", updated_at AS "updatedAt", updated_by AS "updatedBy",
    number, type, name, vat_id AS "vatId", tax_number AS "taxNumber", email, phone, billing_address AS "billingAddress",
    shipping_address AS "shippingAddress", payment_term_days AS "paymentTermDays", locale, owner_id AS "ownerId", tags, status`
const list = {
  name: 'list',
  text: `SELECT ${columns} FROM shared.ledger_account0 WHERE tenant_id = $1 AND status IS DISTINCT FROM 'archived' ORDER BY name, id LIMIT 50`,
  values: [tenant!.id],
}
const get = {
  name: 'get',
  text: `SELECT ${columns} FROM shared.ledger_account0 WHERE tenant_id = $1 AND id = $2`,
}
const create = {
  name: 'create',
  text: `INSERT INTO shared.ledger_account0 (tenant_id, id, version, created_at, updated_at, number, type, name, email, phone, billing_address, payment_term_days, locale, tags, status)
    VALUES ($1, $2, 1, now(), now(), $3, $4, $5, $6, $7, $8, 14, 'de', $9, 'active') RETURNING ${columns}`,
}
const json = { 'content-type': 'application/json' }
const app = new Hono()
  .get('/accounts-0', async (c) => {
    const { rows } = await pool.query(list)
    return c.body(JSON.stringify({ items: rows, next: null }), 200, json)
  })
  .get('/accounts-0/:id', async (c) => {
    const { rows } = await pool.query({ ...get, values: [tenant!.id, c.req.param('id')] })
    return c.body(JSON.stringify(rows[0]), 200, json)
  })
  .post('/accounts-0', async (c) => {
    const { type, name, email, phone, billingAddress, tags } = await c.req.json()
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      const id = randomUUID()
      const values = [tenant!.id, id, `B-${id}`, type, name, email, phone, billingAddress, tags]
      const { rows } = await client.query({ ...create, values })
      await client.query('COMMIT')
      return c.body(JSON.stringify(rows[0]), 201, json)
    } finally {
      client.release()
    }
  })
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.send!({ base: `http://127.0.0.1:${port}`, headers: {} })
})
process.on('disconnect', () => process.exit())
