import assert from 'node:assert/strict'
import type { EntityMeta } from '@plinth/sdk'
import type { Answer, Client } from '../client.ts'
import { makeInput } from '../make-record.ts'
import { withChildren, type ConformanceCase, type ConformanceWorld } from './conformance-world.ts'

type Operation = 'read' | 'create' | 'update' | 'delete'

/** What needs which permission. Each is sent in a way that changes nothing where it is let through. */
const ATTEMPTS: readonly {
  readonly operation: Operation
  readonly name: string
  readonly send: (client: Client, meta: EntityMeta, id: string) => Promise<Answer>
}[] = [
  { operation: 'read', name: 'list', send: (client, { api }) => client.get(api) },
  { operation: 'read', name: 'get', send: (client, { api }, id) => client.get(`${api}/${id}`) },
  {
    operation: 'read',
    name: 'aggregate',
    send: (client, { api }) => client.get(`${api}/aggregate?measures=count`),
  },
  {
    operation: 'create',
    name: 'create',
    send: (client, { api }) => client.post(api, { nothing: 'like this' }),
  },
  {
    operation: 'create',
    name: 'create many',
    send: (client, { api }) => client.post(`${api}/bulk`, { create: [{ nothing: 'like this' }] }),
  },
  {
    operation: 'update',
    name: 'update',
    send: (client, { api }, id) => client.patch(`${api}/${id}`, { nothing: 'like this' }, { version: 1 }),
  },
  { operation: 'delete', name: 'delete', send: (client, { api }) => client.delete(`${api}/${NOBODY}`) },
]

const NOBODY = '0190f3a0-0000-7000-8000-000000000000'

/** For each operation a key that holds this permission alone: it may do that, and nothing else. */
export function permissionCases(world: ConformanceWorld, meta: EntityMeta): ConformanceCase[] {
  return operationsOf(meta).map((held) => ({
    name: `${meta.id}: who may only ${held} may do nothing else`,
    run: () => tryAll(world, meta, held),
  }))
}

/** What routes may do with the entity: an administrator may all of it. */
function operationsOf({ can }: EntityMeta): Operation[] {
  return ['read', ...(['create', 'update', 'delete'] as const).filter((each) => can.includes(each))]
}

async function tryAll(world: ConformanceWorld, meta: EntityMeta, held: Operation): Promise<void> {
  const { admin } = world.tenant
  const permission = await permissionOf(world, meta, held)
  const { body: key } = await admin.post('/api-keys', { name: `${held} only`, permissions: [permission] })
  const client = world.tenant.clientWithKey(key.key as string)
  const { body: page } = await admin.get(`${meta.api}?limit=1`)
  const id = (page.items[0]?.id ?? NOBODY) as string
  for (const attempt of ATTEMPTS.filter(({ operation }) => operationsOf(meta).includes(operation))) {
    const answer = await attempt.send(client, meta, id)
    if (attempt.operation === held) assert.notEqual(answer.status, 403, `${attempt.name}: ${answer.text}`)
    else {
      assert.deepEqual(
        [answer.status, answer.body.code],
        [403, 'permission_missing'],
        `${attempt.name}: ${answer.text}`,
      )
      assert.match(String(answer.body.permission), new RegExp(`\\.${attempt.operation}$`))
    }
  }
}

/** The name of a permission is told to whoever lacks it. */
async function permissionOf(
  world: ConformanceWorld,
  meta: EntityMeta,
  operation: Operation,
): Promise<string> {
  const { admin } = world.tenant
  const { body: key } = await admin.post('/api-keys', {
    name: 'none',
    permissions: ['platform.kernel.member.read'],
  })
  const client = world.tenant.clientWithKey(key.key as string)
  const { send } = ATTEMPTS.find((each) => each.operation === operation)!
  const { body } = await send(client, meta, NOBODY)
  assert.equal(typeof body.permission, 'string', JSON.stringify(body))
  return body.permission as string
}

/** Two who change the same record do not overwrite each other. */
export function lockingCases(world: ConformanceWorld, meta: EntityMeta): ConformanceCase[] {
  if (!meta.can.includes('create') || !meta.can.includes('update')) return []
  return [
    { name: `${meta.id}: of two changes made at once, one is refused`, run: () => changeTwice(world, meta) },
  ]
}

async function changeTwice(world: ConformanceWorld, meta: EntityMeta): Promise<void> {
  const { admin } = world.tenant
  const { status, body: record, text } = await admin.post(meta.api, await makeInput(admin, meta.id))
  assert.equal(status, 201, text)
  const address = `${meta.api}/${record.id}`
  const versionless = await admin.patch(address, {})
  assert.deepEqual([versionless.status, versionless.body.code], [428, 'version_required'])
  const stale = await admin.patch(address, {}, { version: Number(record.version) + 1 })
  assert.deepEqual([stale.status, stale.body.code], [409, 'version_conflict'])
  assert.deepEqual((await admin.get(withChildren(meta, address))).body, record)

  const change = await changeFor(world, meta)
  if (!change) return
  const answers = await Promise.all(
    [1, 2].map(() => admin.patch(address, change, { version: record.version })),
  )
  assert.deepEqual(
    answers.map((each) => each.status).toSorted((left, right) => left - right),
    [200, 409],
    answers.map((each) => each.text).join(),
  )
  const { body: after } = await admin.get(address)
  assert.equal(after.version, Number(record.version) + 1)
}

/** A value for one field that may be written after creation, as a made-up record has it. */
async function changeFor({ tenant }: ConformanceWorld, meta: EntityMeta): Promise<object | undefined> {
  const input = await makeInput(tenant.admin, meta.id, {}, { full: true })
  const free = meta.fields.find(
    ({ name, type, readOnly, immutable, mask }) =>
      name in input && !readOnly && !immutable && !mask && (type === 'string' || type === 'text'),
  )
  return free && { [free.name]: input[free.name] }
}
