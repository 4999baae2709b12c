import type { BulkAnswer } from '@plinth/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import type { AnyRecord, Client, TestPlatform, TestTenant } from './support/index.ts'

let platform: TestPlatform
let acme: TestTenant

beforeAll(async () => {
  platform = await bootFixtures({
    plugins: ['attic', 'archive'],
    tenants: [{ slug: 'acme' }, { slug: 'beta' }],
  })
  acme = platform.tenant('acme')
})
afterAll(() => platform.stop())

const BOXES = '/attic/boxes'
const NOWHERE = '01920000-0000-7000-8000-000000000000'

const bulk = (body: object, client: Client = acme.admin, path = BOXES) =>
  client.post<BulkAnswer<AnyRecord> & { code: string; errors: { pointer: string }[] }>(`${path}/bulk`, body)

async function deleted(...names: readonly string[]): Promise<string[]> {
  const made = await bulk({ create: names.map((name) => ({ name })) })
  const ids = made.body.items.map(({ record }) => record!.id)
  expect((await bulk({ delete: ids.map((id) => ({ id })) })).body.refused).toBe(0)
  return ids
}
const restore = (ids: readonly string[]): object => ({ restore: ids.map((id) => ({ id })) })

test('many records come back from the trash, each with its audit entry and event, and a result of its own', async () => {
  const ids = await deleted('One', 'Two')
  const { body } = await bulk(restore([ids[0]!, NOWHERE, ids[1]!]))
  expect(
    body.items.map(({ action, index, status, problem }) => [action, index, status, problem?.code]),
  ).toEqual([
    ['restore', 0, 200, undefined],
    ['restore', 1, 404, 'not_found'],
    ['restore', 2, 200, undefined],
  ])
  expect(body.items[0]!.record).toEqual((await acme.admin.get(`${BOXES}/${ids[0]}`)).body)
  const audit = await acme.sql(
    `SELECT subject_id FROM plinth.audit WHERE action = 'attic.box.restored' AND subject_id = ANY ($1) ORDER BY 1`,
    [ids],
  )
  expect(audit.map((row) => row['subject_id'])).toEqual(ids.toSorted())
  const events = await acme.sql(
    `SELECT subject FROM plinth.outbox WHERE type = 'attic.box.restored' AND subject = ANY ($1)`,
    [ids],
  )
  expect(events).toHaveLength(2)
})

test('all or none: one that is not there keeps the others in the trash', async () => {
  const [id] = await deleted('Whole')
  const answer = await bulk({ ...restore([id!, NOWHERE]), atomic: true })
  expectProblem(answer, 404, 'not_found')
  expect((await acme.admin.get(`${BOXES}/${id}`)).status).toBe(404)
})

test('who may not restore gets nothing back, and who may, only their own workspace’s', async () => {
  const [id] = await deleted('Guarded')
  const thrower = await acme.addMember(['attic.thrower'])
  expectProblem(await bulk(restore([id!]), thrower), 403, 'permission_missing')
  const { body } = await bulk(restore([id!]), platform.tenant('beta').admin)
  expect(body.items).toMatchObject([{ status: 404 }])
})

test('an entity without trash knows no restoring, and what is no id is named', async () => {
  const answer = await bulk({ restore: [{ id: NOWHERE }] }, acme.admin, '/library/authors')
  expectProblem(answer, 422, 'validation_failed')
  expect(answer.body.errors).toMatchObject([{ pointer: '/restore', code: 'unknown' }])
  const wrong = await bulk({ restore: [{ id: 'x' }, { id: NOWHERE, version: 1 }, 5] })
  expect(wrong.body.errors.map(({ pointer }) => pointer)).toEqual([
    '/restore/0/id',
    '/restore/1/version',
    '/restore/2',
  ])
})

test('many records are removed from the trash for good, each with its audit entry and a result of its own', async () => {
  const ids = await deleted('Gone 1', 'Gone 2', 'Kept')
  const kept = (await bulk({ create: [{ name: 'Not in the trash' }] })).body.items[0]!.record!.id
  const purge = [ids[0]!, kept, NOWHERE, ids[1]!].map((id) => ({ id }))
  const { body } = await bulk({ purge })
  expect(body.items.map(({ action, status, problem }) => [action, status, problem?.code])).toEqual([
    ['purge', 204, undefined],
    ['purge', 404, 'not_found'],
    ['purge', 404, 'not_found'],
    ['purge', 204, undefined],
  ])
  const left = await acme.sql(`SELECT id FROM shared.attic_box WHERE id = ANY ($1) ORDER BY 1`, [
    [...ids, kept],
  ])
  expect(left.map((row) => row['id'])).toEqual([ids[2]!, kept].toSorted())
  const audit = await acme.sql(
    `SELECT subject_id FROM plinth.audit WHERE action = 'attic.box.purged' AND subject_id = ANY ($1) ORDER BY 1`,
    [ids],
  )
  expect(audit.map((row) => row['subject_id'])).toEqual([ids[0]!, ids[1]!].toSorted())
  expectProblem(await bulk({ purge: [{ id: ids[2] }] }, acme.member), 403, 'permission_missing')
})
