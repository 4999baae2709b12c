import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'

/** The same query, written by hand: no session, no tenancy, no permission, no row-level security, rows turned into JSON by Node. */
const pool = new pg.Pool({ connectionString: process.env['BENCH_ADMIN_URL']!, max: 20 })
const {
  rows: [tenant],
} = await pool.query<{ id: string }>(`SELECT id FROM plinth.tenant WHERE slug = 'bench'`)
const query = {
  name: 'list',
  text: `SELECT id, version, created_at AS "createdAt", created_by AS "createdBy", updated_at AS "updatedAt", updated_by AS "updatedBy",
    number, type, name, vat_id AS "vatId", tax_number AS "taxNumber", email, phone, billing_address AS "billingAddress",
    shipping_address AS "shippingAddress", payment_term_days AS "paymentTermDays", locale, owner_employee_id AS "ownerEmployeeId", tags, status
    FROM shared.crm_customer WHERE tenant_id = $1 AND status IS DISTINCT FROM 'archived' ORDER BY name, id LIMIT 50`,
  values: [tenant!.id],
}
const app = new Hono().get('/customers', async (c) => {
  const { rows } = await pool.query(query)
  return c.body(JSON.stringify({ items: rows, next: null }), 200, { 'content-type': 'application/json' })
})
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.send!({ url: `http://127.0.0.1:${port}/customers`, headers: {} })
})
process.on('disconnect', () => process.exit())
