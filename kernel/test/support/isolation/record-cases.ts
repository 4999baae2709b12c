import assert from 'node:assert/strict'
import type { Answer } from '../client.ts'
import { makeInput } from '../make-record.ts'
import { assertSilent, assertUnknown, NOBODY, type IsolationCase } from './isolation-case.ts'
import type { GuardedEntity, IsolationWorld } from './isolation-world.ts'

/** What the intruder can try with the records of one entity. */
export function recordCases(world: IsolationWorld, entity: GuardedEntity): IsolationCase[] {
  const { meta, owned } = entity
  const { admin } = world.intruder
  const address = `${meta.api}/${owned.id}`
  const cases: IsolationCase[] = [
    {
      name: `${meta.id} of another workspace cannot be read`,
      async run() {
        assertUnknown(world, await admin.get(address), [owned.id])
        assertUnknown(world, await admin.get(address + includeAll(entity)), [owned.id])
      },
    },
    {
      name: `${meta.id} of another workspace is in no list`,
      run: () => searchLists(world, entity),
    },
    {
      name: `${meta.id}: what is included is of the same workspace`,
      async run() {
        const single = await admin.get(`${meta.api}/${entity.own.id}${includeAll(entity)}`)
        assert.equal(single.status, 200)
        assertSilent(world, single, [])
        const list = await admin.get(`${meta.api}${includeAll(entity)}`)
        assert.equal(list.status, 200)
        assertSilent(world, list, [])
      },
    },
    {
      name: `${meta.id}: a cursor of another workspace is refused`,
      run: () => useForeignCursor(world, entity),
    },
  ]
  if (meta.can.includes('update')) {
    cases.push({
      name: `${meta.id} of another workspace cannot be changed`,
      async run() {
        const options = { version: owned.version }
        assertUnknown(world, await admin.patch(address, {}, options), [owned.id])
        const changes = await makeInput(admin, meta.id)
        assertUnknown(world, await admin.patch(address, writable(entity, changes), options), [owned.id])
      },
    })
  }
  if (meta.can.includes('delete')) {
    cases.push({
      name: `${meta.id} of another workspace cannot be deleted`,
      run: async () => assertUnknown(world, await admin.delete(address), [owned.id]),
    })
  }
  return [...cases, ...trashCases(world, entity), ...referenceCases(world, entity)]
}

/** What lies in the owner's trash is as unknown as everything else. */
function trashCases(world: IsolationWorld, { meta, trashed }: GuardedEntity): IsolationCase[] {
  if (!trashed) return []
  const { admin } = world.intruder
  const trash = `${meta.api}/trash`
  return [
    {
      name: `${meta.id} in the trash of another workspace cannot be seen, restored or removed`,
      async run() {
        const { items, total } = await walk(world, `${trash}?limit=200&count=true`)
        assert.equal(items, total)
        const filter = encodeURIComponent(JSON.stringify({ id: trashed.id }))
        assert.equal((await walk(world, `${trash}?count=true&filter=${filter}`)).total, 0)
        assertUnknown(world, await admin.get(`${meta.api}/${trashed.id}`), [trashed.id])
        assertUnknown(world, await admin.post(`${meta.api}/${trashed.id}/restore`), [trashed.id])
        assertUnknown(world, await admin.delete(`${trash}/${trashed.id}`), [trashed.id])
        assertSilent(world, await admin.delete(trash), [])
      },
    },
  ]
}

/** Fields that refer to records or members, with an id of the owner's to put in. */
function referenceCases(world: IsolationWorld, { meta, own, owned }: GuardedEntity): IsolationCase[] {
  const { admin } = world.intruder
  const cases: IsolationCase[] = []
  for (const field of meta.fields) {
    const foreign = foreignId(world, owned, field)
    if (foreign === undefined || field.readOnly) continue
    const attempts: [verb: string, attempt: (id: string) => Promise<Answer>][] = []
    if (meta.can.includes('create'))
      attempts.push([
        'created',
        async (id) =>
          admin.post(meta.api, await makeInput(admin, meta.id, { [field.name]: valueOf(field, id) })),
      ])
    if (meta.can.includes('update') && !field.immutable)
      attempts.push([
        'changed',
        async (id) => {
          const { body } = await admin.get(`${meta.api}/${own.id}`)
          return admin.patch(
            `${meta.api}/${own.id}`,
            { [field.name]: valueOf(field, id) },
            { version: body.version },
          )
        },
      ])
    for (const [verb, attempt] of attempts)
      cases.push({
        name: `${meta.id} cannot be ${verb} with the ${field.name} of another workspace`,
        async run() {
          const id = await foreign()
          const answer = await attempt(id)
          const unknown = await attempt(NOBODY)
          assertRefused(answer)
          // It must look as if there were no such id anywhere.
          assert.deepEqual(shape(answer), shape(unknown))
          assertSilent(world, answer, [id])
        },
      })
  }
  return cases
}

function valueOf({ type }: GuardedEntity['meta']['fields'][number], id: string): unknown {
  return type === 'file' ? { id } : id
}

/** By the database as an unknown reference, unless the plugin looked the record up and did not find it either. */
function assertRefused({ status, body, text }: Answer): void {
  assert.deepEqual(
    [status, body.code],
    status === 404 ? [404, 'not_found'] : [422, 'reference_unknown'],
    text,
  )
}

function shape({ status, body }: Answer): unknown {
  return { status, code: body.code, detail: body.detail, errors: body.errors }
}

function foreignId(
  world: IsolationWorld,
  owned: GuardedEntity['owned'],
  field: GuardedEntity['meta']['fields'][number],
): (() => Promise<string>) | undefined {
  if (field.type === 'file') return async () => (owned[field.name] as { id: string } | null)?.id ?? NOBODY
  if (field.type === 'member') return async () => (await world.owner.member.session()).member.id
  const target = world.entities.find(({ meta }) => meta.id === field.ref?.entity)
  return target && (async () => target.owned.id)
}

async function searchLists(world: IsolationWorld, { meta, owned }: GuardedEntity): Promise<void> {
  const { admin } = world.intruder
  const own = await walk(world, `${meta.api}?limit=200&count=true`)
  assert.equal(own.items, own.total)
  const questions: object[] = [{ id: owned.id }, { id: { in: [owned.id] } }, { createdBy: owned.createdBy }]
  for (const field of meta.fields) {
    const value = owned[field.name] as unknown
    if (typeof value === 'string' && (field.type === 'ref' || field.type === 'member'))
      questions.push({ [field.name]: value })
    if (typeof value === 'string' && value.includes(world.mark))
      questions.push({ [field.name]: value }, { [field.name]: { contains: world.mark } })
  }
  for (const question of questions.filter((each) => Object.values(each).every((value) => value !== null))) {
    const filter = encodeURIComponent(JSON.stringify(question))
    const { items, total } = await walk(world, `${meta.api}?count=true&filter=${filter}`)
    assert.deepEqual({ items, total }, { items: 0, total: 0 }, JSON.stringify(question))
  }
  if (meta.list.searchable) {
    const { body } = await admin.get(`${meta.api}?count=true&q=${world.mark}`)
    assert.equal(body.total, 0)
  }
}

async function walk(world: IsolationWorld, path: string): Promise<{ items: number; total: number }> {
  let next: string | null = ''
  let items = 0
  let total = 0
  while (next !== null) {
    const answer: Answer = await world.intruder.admin.get(path + (next && `&cursor=${next}`))
    assert.equal(answer.status, 200, answer.text)
    assertSilent(world, answer, [])
    items += answer.body.items.length
    total = answer.body.total
    next = answer.body.next
  }
  return { items, total }
}

async function useForeignCursor(world: IsolationWorld, { meta, owned }: GuardedEntity): Promise<void> {
  const { body } = await world.owner.admin.get(`${meta.api}?limit=1`)
  // Where there is only one record no cursor is given out; then the one that would follow it must do.
  const cursor: string =
    body.next ?? Buffer.from(JSON.stringify([owned.createdAt, owned.id])).toString('base64url')
  const answer = await world.intruder.admin.get(`${meta.api}?limit=1&cursor=${cursor}`)
  assert.equal(answer.status, 400, answer.text)
  assert.equal(answer.body.code, 'cursor_invalid')
  assertSilent(world, answer, [])
}

function includeAll({ meta }: GuardedEntity): string {
  const names = meta.fields.flatMap((field) => field.ref?.include ?? field.include ?? [])
  return names.length === 0 ? '' : `?include=${names.join(',')}`
}

function writable({ meta }: GuardedEntity, input: Record<string, unknown>): Record<string, unknown> {
  const immutable = new Set(meta.fields.filter((field) => field.immutable).map((field) => field.name))
  return Object.fromEntries(Object.entries(input).filter(([name]) => !immutable.has(name)))
}
