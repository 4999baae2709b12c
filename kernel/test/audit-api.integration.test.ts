import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seal } from './audit-chain.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { makeRecord } from './support/index.ts'

const platform = await bootFixtures({ roles: ['web'], tenants: [{ slug: 'acme' }, { slug: 'beta' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin, member } = acme

type Item = Record<string, any>
const list = async (query = ''): Promise<Item[]> => {
  const { status, body, text } = await admin.get(`/audit${query}`)
  expect(status, text).toBe(200)
  return body.items
}
/** Entries about refusals: they are written after the answer. */
const refusals = async (count: number, query = ''): Promise<Item[]> => {
  const read = (): Promise<Item[]> => list(`?action=access.refused${query}`)
  await expect.poll(async () => (await read()).length).toBe(count)
  return read()
}

describe('K-AUD-01: the audit log over the API', () => {
  let author: Item
  beforeAll(async () => {
    author = await makeRecord(admin, 'library.author', { name: 'Ada Kessler' })
    await admin.patch(`/library/authors/${author['id']}`, { name: '=Ada' }, { version: 1 })
  })

  test('is found by subject, actor, action, time and words', async () => {
    const me = (await admin.session()).member.id
    const ids = async (query: string): Promise<string[]> => (await list(query)).map((item) => item['action'])
    const both = ['library.author.updated', 'library.author.created']
    expect(await ids(`?subjectId=${author['id']}`)).toEqual(both)
    expect(await ids(`?subjectId=${author['id']}&actorId=${me}`)).toEqual(both)
    expect(await ids(`?subjectId=${author['id']}&action=library.author.created`)).toEqual([both[1]])
    expect(await ids('?q=ADA%20kessler')).toEqual(both)
    expect(await ids('?q=ada%25')).toEqual([])
    const soon = new Date(Date.now() + 60_000).toISOString()
    expect(await ids(`?subjectId=${author['id']}&from=${soon}`)).toEqual([])
    expect(await ids(`?subjectId=${author['id']}&to=${soon}`)).toEqual(both)
    const [latest] = await list(`?subjectId=${author['id']}`)
    expect(await ids(`?subjectId=${author['id']}&before=${latest!['id']}`)).toEqual([both[1]])
  })

  test('is found by who did it, and by what an action is called in the words of who asks', async () => {
    const { name } = (await admin.session()).member
    const found = await list(`?subjectId=${author['id']}&q=${encodeURIComponent(name.toUpperCase())}`)
    expect(found).toHaveLength(2)
    const words = `subjectId=${author['id']}&q=${encodeURIComponent('Autor geändert')}`
    expect(await list(`?${words}`)).toEqual([])
    const called = await list(`?${words}&called=library.author.updated,library.author.restored`)
    expect(called.map((item) => item['action'])).toEqual(['library.author.updated'])
    // Alone it means nothing.
    expect(await list(`?subjectId=${author['id']}&called=library.author.updated`)).toHaveLength(2)
  })

  test.each([
    `q=x&called=${'a,'.repeat(100)}`,
    'before=x',
    'actorId=1',
    'from=yesterday',
    'from=%2B012345-01-01T00:00:00Z',
    'security=2',
    'q=%00',
  ])('refuses what it does not understand: %s', async (query) =>
    expectProblem(await admin.get(`/audit?${query}`), 400, 'query_invalid'),
  )

  test('is for those who may read it, and each part for those who may', async () => {
    for (const path of ['/audit', '/audit/chain', '/audit/export'])
      expectProblem(await member.get(path), 403, 'permission_missing')
    expectProblem(await member.post('/audit/verify', {}), 403, 'permission_missing')
    expectProblem(await acme.anonymous.get('/audit'), 401, 'session_missing')
  })

  test('leaves as a file, which is noted, and holds no formula', async () => {
    const csv = await admin.get('/audit/export?action=library.author.updated')
    expect(csv.headers.get('content-type')).toContain('text/csv')
    expect(csv.headers.get('content-disposition')).toMatch(
      /attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"/,
    )
    expect(csv.text.split('\r\n')[0]).toBe(
      'id,at,actorKind,actorId,actorName,action,subjectType,subjectId,before,after,requestId,address,agent',
    )
    expect(csv.text).toContain('library.author.updated')
    expect(csv.text).not.toMatch(/(^|,)[=+@]/m)
    const json = await admin.get('/audit/export?format=json&security=true')
    const items = JSON.parse(json.text) as Item[]
    expect(items.every((item) => item['subjectType'].startsWith('platform.'))).toBe(true)
    expect(items[0]).toMatchObject({ action: 'audit.exported', after: { format: 'json', security: 'true' } })
    expect(JSON.parse((await admin.get('/audit/export?format=json&q=nowhere-to-be-found')).text)).toEqual([
      expect.objectContaining({ action: 'audit.exported' }),
    ])
  })

  test('says how far its chain is, verifies it, and notes that it did', async () => {
    await seal(platform, acme)
    const { body: state } = await admin.get('/audit/chain')
    expect(state).toMatchObject({ refused: 0, verified: null })
    const { status, body } = await admin.post('/audit/verify', {})
    expect(status).toBe(200)
    expect(body).toMatchObject({ intact: true, faults: [], head: { seq: state.head.seq } })
    expect((await admin.get('/audit/chain')).body.verified).toMatchObject({ intact: true })
    const [entry] = await acme.sql<{ id: string }>(
      `UPDATE plinth.audit SET action = 'x' WHERE subject_id = $1 AND action = 'library.author.created' RETURNING id`,
      [author['id']],
    )
    const broken = await admin.post('/audit/verify', {})
    expect(broken.body).toMatchObject({ intact: false })
    expect(broken.body.faults).toContainEqual({
      kind: 'entryRewritten',
      block: expect.any(Number),
      entry: entry!.id,
    })
    expect((await admin.get('/audit/chain')).body.verified).toMatchObject({ intact: false })
  })
})

describe('K-PERM-05: a refusal is a security event', () => {
  test('with who, what, and from where; once a minute, and then counted', async () => {
    const reader = await acme.addMember()
    for (let n = 0; n < 5; n += 1) expectProblem(await reader.get('/api-keys'), 403, 'permission_missing')
    const [entry, ...more] = await refusals(1, `&actorId=${reader.id}`)
    expect(more).toEqual([])
    expect(entry).toMatchObject({
      subjectType: 'platform.access',
      subjectId: 'platform.kernel.key.manage',
      actor: { kind: 'member', id: reader.id },
      after: { code: 'permission_missing', method: 'GET', path: '/api/v1/api-keys', count: 1 },
    })
    expectProblem(await reader.get('/audit'), 403, 'permission_missing')
    expect(await refusals(2, `&actorId=${reader.id}`)).toHaveLength(2)
    await platform.platform.root.cradle.refusals.stop()
    const counted = await refusals(3, `&actorId=${reader.id}`)
    expect(counted[0]!['after']).toMatchObject({ count: 4, permission: 'platform.kernel.key.manage' })
  })

  test('when a key of another workspace is used, or one that is wrong, but not when someone has not signed in', async () => {
    const made = await platform
      .tenant('beta')
      .admin.post('/api-keys', { name: 'Beta', permissions: ['platform.kernel.member.read'] })
    const token = made.body.token ?? made.body.key
    const wrong = `&q=credential_wrong`
    expect(await list(`?action=access.refused${wrong}`)).toEqual([])
    expectProblem(await acme.anonymous.get('/members'), 401, 'session_missing')
    expectProblem(await acme.clientWithKey(token).get('/members'), 401, 'session_missing')
    const [entry, ...more] = await refusals(1, wrong)
    expect(more).toEqual([])
    expect(entry).toMatchObject({ actor: { kind: 'system', id: null }, after: { code: 'credential_wrong' } })
    expect(JSON.stringify(entry)).not.toContain(token)
  })

  test('and never one of another workspace', async () => {
    const { body } = await platform.tenant('beta').admin.get('/audit?action=access.refused')
    expect(body.items).toEqual([])
  })
})
