import { afterAll, expect, test } from 'vitest'
import { bootFixtures, rowCounts } from './boot-fixtures.ts'
import { refusals } from './cars.ts'
import { expectProblem } from './expect-problem.ts'
import { bring, rowsOf } from './import-client.ts'

const platform = await bootFixtures({
  plugins: ['convoy'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
})
afterAll(() => platform.stop())
const { admin } = platform.tenant('acme')
const CONVOYS = '/convoy/convoys'
const LEGS = '/convoy/legs'
const TRUCKS = '/convoy/trucks'
const NOBODY = '00000000-0000-4000-8000-000000000000'

for (const entity of ['convoy', 'leg'])
  for (const field of [
    { type: 'ref', label: 'Tow', target: 'convoy.truck' },
    { type: 'member', label: 'Judge' },
    { type: 'string', label: 'Code', unique: true },
  ]) {
    const { status, text } = await admin.post(`/custom-fields/convoy/${entity}`, field)
    if (status !== 201) throw new Error(text)
  }

const make = async (path: string, input: object, client = admin): Promise<any> => {
  const { status, body, text } = await client.post(path, input)
  expect(status, text).toBe(201)
  return body
}
const truck = (await make(TRUCKS, { plate: 'T 1' })).id
const foreign = (await make(TRUCKS, { plate: 'T 2' }, platform.tenant('other').admin)).id
const gone = (await make(TRUCKS, { plate: 'T 3' })).id
await admin.delete(`${TRUCKS}/${gone}`)

/** A convoy in which every reference leads nowhere, in a way of its own. */
const lost = {
  name: 'Lost',
  leadId: foreign,
  lastId: gone,
  guideId: NOBODY,
  permit: { id: NOBODY },
  custom: { tow: gone, judge: NOBODY },
}
const lostLeg = {
  goal: 'Nowhere',
  spareId: gone.toUpperCase(),
  scoutId: NOBODY,
  custom: { tow: foreign, judge: NOBODY },
}
const { permit: _, ...unfiled } = lost
const OWN = ['/leadId', '/lastId', '/guideId', '/custom/tow', '/custom/judge']
const ofLeg = (index: number) =>
  ['/spareId', '/scoutId', '/custom/tow', '/custom/judge'].map((pointer) => `/legs/${index}${pointer}`)
const references = (pointers: readonly string[], lead = '') =>
  Object.fromEntries(pointers.map((pointer) => [`${lead}${pointer}`, 'reference']))

test('a record that is created names every reference that leads nowhere, its children each in their place', async () => {
  const before = await rowCounts(platform)
  const answer = await admin.post(CONVOYS, {
    ...unfiled,
    legs: [lostLeg, { goal: 'Home', spareId: truck, custom: { tow: truck } }, lostLeg],
  })
  expectProblem(answer, 422, 'reference_unknown')
  expect(refusals(answer.body)).toEqual(references([...OWN, ...ofLeg(0), ...ofLeg(2)]))
  expect(answer.body.errors).toHaveLength(13)
  expect(await rowCounts(platform)).toEqual(before)
})

test.each([
  ['its own fields alone', unfiled, OWN],
  ['one field', { name: 'One', guideId: NOBODY }, ['/guideId']],
  [
    'fields of the workspace alone',
    { name: 'Custom', custom: lost.custom },
    ['/custom/tow', '/custom/judge'],
  ],
  ['children alone', { name: 'Legs', leadId: truck, legs: [lostLeg] }, ofLeg(0)],
  [
    'a child by what the workspace added, and its parent',
    { name: 'Both', lastId: foreign, legs: [{ goal: 'A', custom: { judge: NOBODY } }] },
    ['/lastId', '/legs/0/custom/judge'],
  ],
  ['files along with the rest', { ...lost, legs: [lostLeg] }, ['/permit', ...OWN, ...ofLeg(0)]],
  [
    'files of children',
    {
      name: 'Maps',
      legs: [
        { goal: 'A', map: { id: NOBODY } },
        { ...lostLeg, map: { id: truck } },
      ],
    },
    ['/legs/0/map', '/legs/1/map', ...ofLeg(1)],
  ],
])('%s', async (_name, input, pointers) => {
  const answer = await admin.post(CONVOYS, input)
  expectProblem(answer, 422, 'reference_unknown')
  expect(refusals(answer.body)).toEqual(references(pointers))
})

test('a child at its own address names its parent with the rest', async () => {
  const answer = await admin.post(LEGS, { ...lostLeg, convoyId: NOBODY })
  expectProblem(answer, 422, 'reference_unknown')
  expect(refusals(answer.body)).toEqual(
    references(['/convoyId', '/spareId', '/scoutId', '/custom/tow', '/custom/judge']),
  )
})

test('references that lead nowhere are named beside whatever else is wrong', async () => {
  const answer = await admin.post(CONVOYS, {
    ...lost,
    name: '',
    size: 'big',
    lastId: 'nonsense',
    createdBy: NOBODY,
    custom: { ...lost.custom, nothing: 1 },
    legs: [{ ...lostLeg, goal: 7 }, 'text'],
  })
  expectProblem(answer, 422, 'validation_failed')
  expect(refusals(answer.body)).toEqual({
    ...references([...OWN, '/permit', ...ofLeg(0)]),
    '/name': 'required',
    '/size': 'type',
    '/lastId': 'format',
    '/createdBy': 'unknown',
    '/custom/nothing': 'unknown',
    '/legs/0/goal': 'type',
    '/legs/1': 'type',
  })
})

test('a value that is taken is named beside them', async () => {
  await make(CONVOYS, { name: 'First', badge: 'B', custom: { code: 'C' } })
  const declared = await admin.post(CONVOYS, { ...unfiled, badge: 'B' })
  expectProblem(declared, 409, 'unique_violated')
  expect(refusals(declared.body)).toEqual({ '/badge': 'unique', ...references(OWN) })
  const added = await admin.post(CONVOYS, { name: 'Code', leadId: truck, custom: { tow: gone, code: 'C' } })
  expectProblem(added, 409, 'unique_violated')
  expect(refusals(added.body)).toEqual({ '/custom/code': 'unique', '/custom/tow': 'reference' })
})

test('a change names them the same way, and nothing of what may stay', async () => {
  const made = await make(CONVOYS, {
    name: 'There',
    leadId: truck,
    custom: { tow: truck },
    legs: [{ goal: 'A', spareId: truck }],
  })
  const [leg] = made.legs
  const save = (changes: object) => admin.patch(`${CONVOYS}/${made.id}`, changes, { version: made.version })
  const { lastId, guideId, custom } = lost
  const answer = await save({ lastId, guideId, custom, legs: [{ id: leg.id, ...lostLeg }, lostLeg] })
  expectProblem(answer, 422, 'reference_unknown')
  expect(refusals(answer.body)).toEqual(references([...OWN.slice(1), ...ofLeg(0), ...ofLeg(1)]))
  const faulty = await save({ name: null, lastId, custom, legs: [{ id: leg.id, spareId: gone }] })
  expectProblem(faulty, 422, 'validation_failed')
  expect(refusals(faulty.body)).toEqual({
    '/name': 'required',
    ...references(['/lastId', '/custom/tow', '/custom/judge', '/legs/0/spareId']),
  })
  const files = await save({ permit: { id: NOBODY }, lastId, legs: [{ id: leg.id, scoutId: NOBODY }] })
  expectProblem(files, 422, 'reference_unknown')
  expect(refusals(files.body)).toEqual(references(['/permit', '/lastId', '/legs/0/scoutId']))
})

test('what a restored field of the workspace refers to may stay, whatever else is refused', async () => {
  const at = '/custom-fields/convoy/convoy'
  const field = (await admin.post(at, { type: 'ref', label: 'Old', target: 'convoy.truck' })).body
  const target = (await make(TRUCKS, { plate: 'T 9' })).id
  const made = await make(CONVOYS, { name: 'Old', custom: { old: target } })
  expect((await admin.patch(`${at}/${field.id}`, { archived: true }, { version: 1 })).status).toBe(200)
  expect((await admin.delete(`${TRUCKS}/${target}`)).status).toBe(204)
  expect((await admin.patch(`${at}/${field.id}`, { archived: false }, { version: 2 })).status).toBe(200)
  for (const [changes, expected] of [
    [{ leadId: NOBODY, custom: { old: target } }, references(['/leadId'])],
    [
      { size: 'big', custom: { old: target, tow: gone } },
      { '/size': 'type', '/custom/tow': 'reference' },
    ],
  ] as const) {
    const answer = await admin.patch(`${CONVOYS}/${made.id}`, changes, { version: 1 })
    expect([answer.status, refusals(answer.body)]).toEqual([422, expected])
  }
})

test('each refused row of many changes names all of its own', async () => {
  const made = await make(CONVOYS, { name: 'Row' })
  const { body } = await admin.post(`${CONVOYS}/bulk`, {
    create: [
      unfiled,
      { name: 'Good', leadId: truck },
      { ...unfiled, name: null },
      { ...unfiled, legs: [lostLeg] },
    ],
    update: [{ id: made.id, version: 1, changes: { leadId: gone, custom: lost.custom } }],
  })
  expect(body.refused).toBe(4)
  const problems = body.items.map(({ problem }: any) => problem && [problem.code, refusals(problem)])
  expect(problems).toEqual([
    ['reference_unknown', references(OWN)],
    undefined,
    ['validation_failed', { '/name': 'required', ...references(OWN) }],
    ['reference_unknown', references([...OWN, ...ofLeg(0)])],
    ['reference_unknown', references(['/leadId', '/custom/tow', '/custom/judge'])],
  ])
})

test('the row that ends a change of all or none names all of its own', async () => {
  const create = [{ name: 'Good' }, unfiled]
  const answer = await admin.post(`${CONVOYS}/bulk`, { atomic: true, create })
  expectProblem(answer, 422, 'reference_unknown')
  expect(refusals(answer.body)).toEqual(references(OWN, '/create/1'))
  expect(answer.body).toMatchObject({ action: 'create', index: 1 })
  const made = await make(CONVOYS, { name: 'Row' })
  const update = [{ id: made.id, version: 1, changes: { size: 'big', leadId: NOBODY, custom: lost.custom } }]
  const other = await admin.post(`${CONVOYS}/bulk`, { atomic: true, update })
  expectProblem(other, 422, 'validation_failed')
  expect(refusals(other.body)).toEqual({
    '/update/0/changes/size': 'type',
    ...references(['/leadId', '/custom/tow', '/custom/judge'], '/update/0/changes'),
  })
})

test('a request that may be repeated names them as well', async () => {
  const headers = { 'idempotency-key': 'again', 'content-type': 'application/json' }
  for (let times = 0; times < 2; times += 1) {
    const answer = await admin.send('POST', CONVOYS, { headers, body: JSON.stringify(unfiled) })
    expectProblem(answer, 422, 'reference_unknown')
    expect(refusals(answer.body)).toEqual(references(OWN))
  }
})

test('each row of a file names them, tried out or carried out, beside cells that are refused', async () => {
  const there = await make(CONVOYS, { name: 'There', badge: 'THERE' })
  const head = 'name,badge,size,leadId,lastId,guideId,custom.tow,custom.judge'
  const refs = `${foreign},${gone},${NOBODY},${gone},${NOBODY}`
  const file = [
    head,
    `Lost,F1,1,${refs}`,
    `Good,F2,1,${truck},,,${truck},`,
    `,F3,big,${refs}`,
    `Changed,THERE,1,${refs}`,
    `Changed,THERE,big,${truck},${gone},,,`,
  ].join('\n')
  for (const step of ['check', 'run'] as const) {
    const done = await bring(admin, file, { mode: 'upsert', match: 'badge' }, step, { path: CONVOYS })
    expect(done, JSON.stringify(done)).toMatchObject({ counts: { created: 1, refused: 4 } })
    const rows = await rowsOf(admin, done, '?outcome=refused', CONVOYS)
    expect(rows.map(({ row, errors }) => [row, refusals({ errors: [...errors] })])).toEqual([
      [2, references(OWN)],
      [4, { '/name': 'required', '/size': 'number', ...references(OWN) }],
      [5, references(OWN)],
      [6, { '/size': 'number', '/lastId': 'reference' }],
    ])
    expect(rows[0]!.errors.map(({ header }) => header)).toEqual(head.split(',').slice(3))
  }
  expect((await admin.get(`${CONVOYS}/${there.id}`)).body.version).toBe(1)
})
