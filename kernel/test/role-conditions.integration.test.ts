import fc from 'fast-check'
import type { Filter, RoleDocument } from '@plinth/sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { makeRecord, type AnyRecord, type Client } from './support/index.ts'
import { runs } from './support/chance.ts'

const platform = await bootFixtures({ plugins: ['archive', 'billing'] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme

type Leaf = readonly [filter: Filter, meets: (note: AnyRecord, actor: string) => boolean]

const priorities = [null, 0, 1, 3, 5]
const states = ['open', 'final']

/** Conditions with what they mean, said a second time: unknown values meet nothing, and their negation meets what is left. */
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc.constant<Leaf>([{ ownerId: '$actor.id' }, (note, actor) => note['ownerId'] === actor]),
  fc.constant<Leaf>([{ ownerId: { ne: '$actor.id' } }, (note, actor) => note['ownerId'] !== actor]),
  fc.constant<Leaf>([{ createdAt: { gte: '2020-01-01T00:00:00Z' } }, () => true]),
  fc.constant<Leaf>([{ createdAt: { lt: '2020-01-01T00:00:00Z' } }, () => false]),
  fc
    .boolean()
    .map<Leaf>((isNull) => [{ priority: { isNull } }, (note) => (note['priority'] === null) === isNull]),
  fc.constantFrom(...states).map<Leaf>((status) => [{ status }, (note) => note['status'] === status]),
  fc
    .constantFrom(0, 2, 3)
    .map<Leaf>((least) => [
      { priority: { gte: least } },
      (note) => note['priority'] !== null && note['priority'] >= least,
    ]),
  fc
    .uniqueArray(fc.constantFrom(0, 1, 5), { minLength: 1 })
    .map<Leaf>((list) => [{ priority: { nin: list } }, (note) => !list.includes(note['priority'])]),
)

const { condition } = fc.letrec<{ condition: Leaf }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('condition').map<Leaf>(([filter, meets]) => [{ not: filter }, (...given) => !meets(...given)]),
    fc
      .array(tie('condition'), { minLength: 1, maxLength: 3 })
      .map<Leaf>((all) => [
        { and: all.map(([filter]) => filter) },
        (...given) => all.every(([, meets]) => meets(...given)),
      ]),
    fc
      .array(tie('condition'), { minLength: 1, maxLength: 3 })
      .map<Leaf>((any) => [
        { or: any.map(([filter]) => filter) },
        (...given) => any.some(([, meets]) => meets(...given)),
      ]),
  ),
}))

/** A role: the right to read notes, for all or for some, or something else altogether. */
const grants = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: condition.map((limit) => ({ limit })) },
    { weight: 1, arbitrary: fc.constant({ limit: undefined }) },
    { weight: 1, arbitrary: fc.constant('education.library.review.read') },
    { weight: 1, arbitrary: fc.constant('education.library.note.create') },
  ),
  { maxLength: 3 },
)

const PERMISSION = 'education.library.note.read'

describe('K-PERM-04: for any set of roles', async () => {
  const [leafRole, rootRole] = (await Promise.all(
    ['Leaf', 'Root'].map(async (label) => (await admin.post<RoleDocument>('/roles', { label })).body),
  )) as [RoleDocument, RoleDocument]
  await admin.patch(`/roles/${leafRole.id}`, { inherits: [rootRole.id] }, { version: 1 })
  const actor = await acme.addMember([leafRole.id])
  const other = await acme.addMember()
  const notes: AnyRecord[] = []
  for (const ownerId of [actor.id, other.id, null])
    for (const priority of priorities)
      for (const status of states) {
        const made = await makeRecord(admin, 'library.note', { ownerId: ownerId ?? undefined, priority })
        const changed = await admin.patch(`/library/notes/${made.id}`, { ownerId, status }, { version: 1 })
        notes.push(changed.body)
      }

  async function give(
    id: string,
    list: readonly (string | { readonly limit: Leaf | undefined })[],
  ): Promise<void> {
    const { version } = (await admin.get<RoleDocument>(`/roles/${id}`)).body
    const asked = list.map((each) =>
      typeof each === 'string'
        ? each
        : each.limit === undefined
          ? PERMISSION
          : { permission: PERMISSION, condition: each.limit[0] },
    )
    const { status, text } = await admin.patch(`/roles/${id}`, { grants: asked }, { version: version! })
    expect(status, text).toBe(200)
  }

  test('the list holds exactly the records that single reads answer, which are those the conditions mean', async () => {
    await fc.assert(
      fc.asyncProperty(grants, grants, async (own, inherited) => {
        await give(leafRole.id, own)
        await give(rootRole.id, inherited)
        const limits = [...own, ...inherited].flatMap((each) =>
          typeof each === 'string' ? [] : [each.limit],
        )
        const expected = notes
          .filter(
            (note) =>
              // Every member reads their own.
              note['ownerId'] === actor.id ||
              limits.some((limit) => limit === undefined || limit[1](note, actor.id)),
          )
          .map(({ id }) => id)
          .toSorted()
        const list = await actor.get('/library/notes?limit=200&count=true')
        const read = await Promise.all(
          notes.map(async ({ id }) => (await actor.get(`/library/notes/${id}`)).status),
        )
        const single = notes.filter((_, index) => read[index] === 200).map(({ id }) => id)
        expect(new Set(read.filter((status) => status !== 200 && status !== 404))).toEqual(new Set())
        expect(list.body.items.map((note: AnyRecord) => note.id).toSorted()).toEqual(single.toSorted())
        expect(list.body.total).toBe(single.length)
        expect(single.toSorted()).toEqual(expected)
      }),
      { numRuns: runs(25) },
    )
  })
})

describe('K-PERM-04: by owner, amount, department and time', async () => {
  const payer = 'trade.billing.payer'
  const euro = (amount: string) => ({ amount, currency: 'EUR' })
  const role = (await admin.post<RoleDocument>('/roles', { label: 'Dunning', grants: [`${payer}.*`] })).body
  const actor = await acme.addMember([role.id])
  const [north, south] = [await makeRecord(admin, 'billing.payer'), await makeRecord(admin, 'billing.payer')]
  const payers: AnyRecord[] = []
  for (const who of [admin, actor])
    for (const parentId of [north.id, south.id])
      for (const credit of [euro('999.99'), euro('1000.00'), { amount: '5000.00', currency: 'CHF' }])
        payers.push(await closed(who, { parentId, credit }))
  const moment = payers[5]!['createdAt']

  // Every member sees those that are open.
  function closed(who: Client, more: object = {}): Promise<AnyRecord> {
    return makeRecord(who, 'billing.payer', { open: false, ...more })
  }
  const isOwn = (each: AnyRecord) => each['createdBy'] === actor.id
  const isNorth = (each: AnyRecord) => each['parentId'] === north.id
  const isLarge = ({ credit }: AnyRecord) => credit.currency === 'EUR' && Number(credit.amount) >= 1000
  const large = { credit: { gte: euro('1000') } }

  test.each<[string, Filter, (each: AnyRecord) => boolean]>([
    ['owner', { createdBy: '$actor.id' }, isOwn],
    ['amount', large, isLarge],
    ['department', { parentId: north.id }, isNorth],
    ['time', { createdAt: { gte: moment } }, (each) => each['createdAt'] >= moment],
    ['time, before', { createdAt: { lt: moment } }, (each) => each['createdAt'] < moment],
    ['all of them', { parentId: north.id, ...large }, (each) => isNorth(each) && isLarge(each)],
    [
      'one or the other',
      {
        or: [
          { createdBy: '$actor.id', createdAt: { gte: moment } },
          { parentId: south.id, ...large },
        ],
      },
      (each) => (isOwn(each) && each['createdAt'] >= moment) || (!isNorth(each) && isLarge(each)),
    ],
  ])('%s: what is listed can be opened and changed, and nothing else', async (_, limit, meets) => {
    const { version } = (await admin.get<RoleDocument>(`/roles/${role.id}`)).body
    const limited = [
      `${payer}.create`,
      ...['read', 'update'].map((deed) => ({ permission: `${payer}.${deed}`, condition: limit })),
    ]
    expect((await admin.patch(`/roles/${role.id}`, { grants: limited }, { version: version! })).status).toBe(
      200,
    )
    const expected = payers.filter(meets).map(({ id }) => id)
    expect(expected.length).toBeGreaterThan(0)
    expect(expected.length).toBeLessThan(payers.length)
    const list = await actor.get('/billing/payers?limit=200')
    const listed = new Set(list.body.items.map((each: AnyRecord) => each.id))
    const wanted = payers.map(({ id }) => [id, expected.includes(id)])
    expect(payers.map(({ id }) => [id, listed.has(id)])).toEqual(wanted)
    const opened = await Promise.all(payers.map(({ id }) => actor.get(`/billing/payers/${id}`)))
    expect(opened.map(({ status }, index) => [payers[index]!.id, status === 200])).toEqual(wanted)
    const changed = await Promise.all(
      payers.map(({ id }, index) =>
        actor.patch(`/billing/payers/${id}`, { city: 'Kiel' }, { version: opened[index]!.body.version ?? 1 }),
      ),
    )
    expect(changed.map(({ status }, index) => [payers[index]!.id, status === 200])).toEqual(wanted)
  })
})
