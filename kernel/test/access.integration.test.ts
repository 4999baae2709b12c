import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { NOBODY } from './fixtures/bad-request.ts'
import { makeRecord, type AnyRecord, type Client } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['archive', 'billboard'],
  tenants: [{ slug: 'acme' }, { slug: 'small', tier: 'free' }, { slug: 'plain', plugins: ['library'] }],
})
afterAll(() => platform.stop())

const acme = platform.tenant('acme')

/** Gives the workspace a role of its own, as the console will. */
async function addRole(
  id: string,
  grants: readonly unknown[],
  inherits: readonly string[] = [],
): Promise<void> {
  await acme.sql(
    `INSERT INTO plinth.role (tenant_id, id, label, grants, inherits) VALUES ($1, $2, '{"en":"Role"}', $3, $4)`,
    [acme.id, id, JSON.stringify(grants), inherits],
  )
  await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
}

describe('a request is refused for the first of these reasons', () => {
  const small = platform.tenant('small')
  const plain = platform.tenant('plain')

  test('nobody is signed in', async () => {
    for (const path of [
      '/lending/loans',
      '/library/reviews',
      `/library/books/${NOBODY}`,
      '/nowhere/at-all',
      '/plugins',
    ])
      expectProblem(await small.anonymous.get(path), 401, 'session_missing')
  })

  test('the tier is too low, whoever asks', async () => {
    for (const client of [small.member, small.admin]) {
      for (const path of ['/lending/loans', `/lending/loans/${NOBODY}`, '/lending/nothing']) {
        const answer = await client.get(path)
        expectProblem(answer, 402, 'tier_required')
        expect(answer.body.tier).toBe('professional')
      }
    }
    expect((await small.admin.get('/archive/files')).body.tier).toBe('enterprise')
  })

  test('a right is missing, which is named', async () => {
    for (const path of ['/library/reviews', `/library/reviews/${NOBODY}`, '/meta/library/review']) {
      const answer = await small.member.get(path)
      expectProblem(answer, 403, 'permission_missing')
      expect(answer.body.permission).toBe('education.library.review.read')
    }
    const restock = await small.member.post(`/library/shelf/${NOBODY}/restock`, { copies: 1 })
    expect(restock).toMatchObject({ status: 403, body: { permission: 'education.library.book.restock' } })
  })

  test('there is no such thing, or its plugin is off', async () => {
    expectProblem(await small.member.get(`/library/books/${NOBODY}`), 404, 'not_found')
    for (const path of ['/lending/loans', '/meta/lending/loan', '/library/nothing', '/nowhere'])
      expectProblem(await plain.admin.get(path), 404, 'not_found')
  })
})

describe('a member', () => {
  test('has what every member has, and nothing else', async () => {
    expect((await acme.member.get('/library/books')).status).toBe(200)
    expect((await acme.member.get('/billboard/wall')).body).toEqual({ books: expect.any(Number) })
    const create = await acme.member.post('/library/authors', { name: 'Me' })
    expect(create).toMatchObject({ status: 403, body: { permission: 'education.library.author.create' } })
    for (const path of ['/plugins', '/audit', '/api-keys'])
      expectProblem(await acme.member.get(path), 403, 'permission_missing')
    const { body } = await acme.member.get('/shell')
    expect(Object.keys(body.entities)).toEqual(['library.author', 'library.book', 'library.note'])
    expect(body.entities['library.author'].can).toEqual([])
    expect(body.console).toEqual([])
  })

  test('with a role of a plugin has its permissions, the named ones among them, and no other plugin’s', async () => {
    const librarian = await acme.addMember(['library.librarian'])
    const { id } = await makeRecord(librarian, 'library.book')
    expect((await librarian.post(`/library/shelf/${id}/restock`, { copies: 1 })).status).toBe(200)
    expectProblem(await librarian.get('/lending/loans'), 403, 'permission_missing')
    expectProblem(await librarian.get('/plugins'), 403, 'permission_missing')
  })

  test('with a role of the workspace has what it inherits, circles included', async () => {
    await addRole('reader', ['education.library.review.read'], ['keeper'])
    await addRole('keeper', ['education.lending.*'], ['reader'])
    const reader = await acme.addMember(['reader'])
    expect((await reader.get('/library/reviews')).status).toBe(200)
    expect((await reader.get('/lending/loans')).status).toBe(200)
    expectProblem(await reader.get('/archive/files'), 403, 'permission_missing')
  })

  test('gains and loses a role with the next request, on every node', async () => {
    const someone = await acme.addMember()
    const node = await platform.anotherNode()
    const elsewhere = async () =>
      node.platform.app.request(someone.url('/library/reviews'), {
        headers: { cookie: await someone.cookie() },
      })
    for (const [roles, status] of [
      [['member'], 403],
      [['member', 'library.librarian'], 200],
      [['member'], 403],
      [['admin'], 200],
    ] as const) {
      await platform.sql('UPDATE plinth.member SET roles = $2 WHERE id = $1', [someone.id, roles])
      await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
      expect((await someone.get('/library/reviews')).status).toBe(status)
      await expect.poll(async () => (await elsewhere()).status).toBe(status)
    }
    await node.stop()
  })
})

describe('a role with conditions', async () => {
  const clerk = await acme.addMember()
  const auditor = await acme.addMember(['library.auditor'])
  const librarian = await acme.addMember(['library.librarian'])
  const everyone: [string, Client & { readonly id: string }][] = [
    ['a clerk, who sees their own', clerk],
    ['an auditor, who sees their own, final and urgent ones', auditor],
    ['a librarian, who sees all', librarian],
  ]
  const owners = [clerk.id, auditor.id, librarian.id, null]
  const notes: AnyRecord[] = []
  for (const ownerId of owners)
    for (const priority of [null, 1, 3])
      for (const status of ['open', 'final', null]) notes.push(await noteOf(ownerId, priority, status))

  async function noteOf(
    ownerId: string | null,
    priority: number | null,
    status: string | null,
  ): Promise<AnyRecord> {
    const note = await makeRecord(acme.admin, 'library.note', { ownerId: ownerId ?? undefined, priority })
    const changes = { ownerId, ...(status === null ? {} : { status }) }
    return (await acme.admin.patch(`/library/notes/${note.id}`, changes, { version: 1 })).body as AnyRecord
  }

  function mayRead(who: Client, note: AnyRecord): boolean {
    if (who === librarian || note['ownerId'] === (who as { id?: string }).id) return true
    return who === auditor && (note['status'] === 'final' || (note['priority'] ?? 0) >= 3)
  }

  const idsOf = (records: readonly AnyRecord[]) => records.map(({ id }) => id).toSorted()

  test.each(everyone)(
    'lists for %s exactly what single reads allow, in the API and in plugin code',
    async (_, who) => {
      const expected = idsOf(notes.filter((note) => mayRead(who, note)))
      const list = await who.get('/library/notes?limit=200&count=true')
      expect(idsOf(list.body.items)).toEqual(expected)
      expect(list.body.total).toBe(expected.length)
      const asked = await Promise.all(
        notes.map(async ({ id }) => ({ id, ...(await who.get(`/library/notes/${id}`)) })),
      )
      expect(idsOf(asked.filter(({ status }) => status === 200) as never)).toEqual(expected)
      expect(asked.filter(({ status }) => status !== 200 && status !== 404)).toEqual([])
      expect(idsOf((await who.get('/library/readable-notes')).body.items)).toEqual(expected)
      const others = encodeURIComponent(
        JSON.stringify({ or: [{ ownerId: { ne: NOBODY } }, { not: { priority: 7 } }] }),
      )
      expect((await who.get(`/library/notes?count=true&filter=${others}`)).body.total).toBe(expected.length)
    },
  )

  test('lets a record be changed only while it meets them, before and after', async () => {
    const own = notes.find((note) => note['ownerId'] === clerk.id && note['status'] === 'open')!
    const final = notes.find((note) => note['ownerId'] === clerk.id && note['status'] === 'final')!
    const foreign = notes.find((note) => note['ownerId'] === librarian.id)!
    const change = (note: AnyRecord, changes: object) =>
      clerk.patch(`/library/notes/${note.id}`, changes, { version: note.version })
    expectProblem(await change(foreign, { text: 'x' }), 404, 'not_found')
    expectProblem(await change(final, { text: 'x' }), 403, 'permission_missing')
    expectProblem(await change(own, { ownerId: librarian.id }), 403, 'permission_missing')
    expectProblem(await change(own, { status: 'final' }), 403, 'permission_missing')
    for (const note of [own, final, foreign])
      expect((await acme.admin.get(`/library/notes/${note.id}`)).body).toEqual(note)
    expect(await change(own, { text: 'Mine' })).toMatchObject({ status: 200, body: { text: 'Mine' } })
    expectProblem(await clerk.delete(`/library/notes/${own.id}`), 403, 'permission_missing')
  })
})

describe('an API key', () => {
  const create = async (client: Client, permissions: readonly string[]) =>
    client.post('/api-keys', { name: 'sync', permissions })

  test('does what it was made for, without cookie or token, and nothing else', async () => {
    const { status, body } = await create(acme.admin, [
      'education.library.author.*',
      'education.library.book.read',
    ])
    expect(status).toBe(201)
    const program = acme.clientWithKey(body.key)
    expect((await program.post('/library/authors', { name: 'Sync' })).body).toMatchObject({
      createdBy: body.id,
    })
    expect((await program.get('/library/books')).status).toBe(200)
    expectProblem(await program.post('/library/books', {}), 403, 'permission_missing')
    expectProblem(await program.get('/api-keys'), 403, 'permission_missing')
    for (const path of ['/session', '/shell']) expectProblem(await program.get(path), 401, 'session_missing')
    const keys = await acme.admin.get('/api-keys')
    expect(keys.text).not.toContain(body.key)
    expect(keys.body.items.map(({ id }: { id: string }) => id)).toContain(body.id)
  })

  test('names its workspace by itself, and ends the moment it is revoked', async () => {
    const { body } = await create(acme.admin, ['education.library.book.read'])
    const ask = async () =>
      platform.platform.app.request('http://localhost/api/v1/library/books', {
        headers: { authorization: `Bearer ${body.key}` },
      })
    expect((await ask()).status).toBe(200)
    expect((await acme.admin.delete(`/api-keys/${body.id}`)).status).toBe(204)
    expect((await ask()).status).toBe(401)
    expectProblem(await acme.admin.delete(`/api-keys/${body.id}`), 404, 'not_found')
  })

  test('gets no right its maker does not have without conditions', async () => {
    await addRole('key-maker', ['platform.kernel.key.manage', 'education.library.book.read'])
    const maker = await acme.addMember(['key-maker'])
    expect((await create(maker, ['education.library.book.read'])).status).toBe(201)
    // Notes the maker may read only where they are their own; a key would read them all.
    for (const permission of [
      'education.library.note.read',
      'education.library.*',
      '*',
      'education.lending.loan.read',
    ])
      expectProblem(await create(maker, [permission]), 403, 'permission_missing')
  })
})
