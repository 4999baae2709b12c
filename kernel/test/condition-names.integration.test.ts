import { afterAll, expect, test } from 'vitest'
import type { AccessExplanation, PermissionHolders } from '@plinth/sdk'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { bring, rowsOf } from './import-client.ts'
import { roleMaker } from './role-fixtures.ts'
import { makeRecord } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['archive', 'billing'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const makeRole = roleMaker(acme)

const REVIEW = 'education.library.review.read'
const PAYER = 'trade.billing.payer'

test('what a condition names is found where it is, by those who may see it', async () => {
  const { id: bookId } = await makeRecord(admin, 'library.book')
  const { id } = await makeRole({ grants: [{ permission: REVIEW, condition: { bookId } }] })
  const reader = await acme.addMember([id])
  const why = (await reader.get<AccessExplanation>(`/access/explain?permission=${REVIEW}`)).body
  const about = { name: 'bookId', type: 'ref', ref: { entity: 'library.book', api: '/api/v1/library/books' } }
  expect(why.fields).toMatchObject([about])
  // Nothing of the record itself is said: whoever asks looks it up with rights of their own.
  expect(JSON.stringify(why.fields)).not.toContain(bookId)
  const holders = (await admin.get<PermissionHolders>(`/access/holders?permission=${REVIEW}`)).body
  expect(holders.fields).toMatchObject([about])
})

test('a member is found by id, beyond those that are listed, in their own workspace', async () => {
  const { id } = await acme.addMember()
  const found = await acme.member.get(`/members?id=${id}`)
  expect(found.body.items.map((each: { id: string }) => each.id)).toEqual([id])
  expect((await platform.tenant('other').member.get(`/members?id=${id}`)).body.items).toEqual([])
  expect((await acme.member.get(`/members?id=${id}&q=nobody-is-called-that`)).body.items).toEqual([])
  expectProblem(await acme.member.get('/members?id=nobody'), 400, 'query_invalid')
})

test('K-PERM-04: who may create under a condition creates only what meets it, one by one, many at once or from a file', async () => {
  const [north, south] = [await makeRecord(admin, 'billing.payer'), await makeRecord(admin, 'billing.payer')]
  const { id } = await makeRole({
    grants: [
      { permission: `${PAYER}.create`, condition: { parentId: north.id } },
      { permission: `${PAYER}.*`, condition: { parentId: south.id, city: 'Kiel' } },
      `${PAYER}.read`,
    ],
  })
  const clerk = await acme.addMember([id])
  const path = '/billing/payers'
  const { status, body: made } = await makeOne(north.id)
  expect(status).toBe(201)
  function makeOne(parentId: string | null, more: object = {}) {
    return clerk.post(path, { name: 'New', open: false, parentId, ...more })
  }
  for (const parent of [south.id, null, clerk.id]) {
    const refused = await makeOne(parent)
    expect([403, 422]).toContain(refused.status)
  }
  // Of what begins alike, creating is a part.
  expect((await makeOne(south.id, { city: 'Kiel' })).status).toBe(201)
  expectProblem(await makeOne(south.id, { city: 'Bonn' }), 403, 'permission_missing')
  const many = [north.id, south.id].map((parentId) => ({ name: 'Many', open: false, parentId }))
  const bulk = await clerk.post(`${path}/bulk`, { create: many })
  expect(bulk.body.items.map((each: { status: number }) => each.status)).toEqual([201, 403])
  expectProblem(await clerk.post(`${path}/bulk`, { create: many, atomic: true }), 403, 'permission_missing')
  const csv = `name,open,parentId\nFile,false,${north.id}\nFile,false,${south.id}\n`
  const brought = await bring(clerk, csv, {}, 'run', { path })
  const rows = await rowsOf(clerk, brought, '', path)
  expect(rows.map((row: { outcome: string }) => row.outcome)).toEqual(['created', 'refused'])
  const stored = await acme.sql<{ parent_id: string; city: string | null }>(
    `SELECT parent_id, city FROM shared.billing_payer WHERE tenant_id = $1 AND created_by = $2`,
    [acme.id, clerk.id],
  )
  expect(stored.filter((row) => row.parent_id !== north.id && row.city !== 'Kiel')).toEqual([])
  // Nor is it moved out of reach afterwards, by the right that is limited alike.
  expectProblem(
    await clerk.patch(`${path}/${made.id}`, { city: 'Bonn' }, { version: 1 }),
    403,
    'permission_missing',
  )
})
