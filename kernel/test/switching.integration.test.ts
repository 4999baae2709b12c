import type { PlanStep, PluginPlan, ShellDocument } from '@plinth/sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures, rowCounts } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { makeRecord, type TestTenant } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['archive', 'billboard', 'rival'],
  tenants: [
    { slug: 'acme', plugins: [] },
    { slug: 'full', plugins: ['archive', 'billboard'] },
    { slug: 'middle', tier: 'professional', plugins: [] },
    { slug: 'stale', plugins: [] },
    { slug: 'rivals', plugins: ['rival'] },
  ],
})
afterAll(() => platform.stop())

async function planOf({ admin }: TestTenant, action: string, plugin: string): Promise<PluginPlan> {
  const { status, body, text } = await admin.post<PluginPlan>(`/plugins/${plugin}/plan`, { action })
  expect(status, text).toBe(200)
  return body
}

const stepsOf = ({ steps }: PluginPlan) =>
  steps.map((step: PlanStep) => `${step.action} ${step.plugin} ${step.because}`)

const OF_THE_KERNEL: ReadonlySet<string> = new Set([
  'access',
  'api-keys',
  'audit',
  'auth',
  'custom-fields',
  'delegations',
  'features',
  'invitation',
  'limits',
  'live',
  'members',
  'meta',
  'oauth',
  'openapi',
  'operator-accesses',
  'plugins',
  'reference',
  'roles',
  'scim',
  'security',
  'session',
  'sessions',
  'shell',
  'sign-on',
  'tenant',
])

/** Ids of the plugins that are on, as each place of the API shows them. */
async function whatIsOn({ admin }: TestTenant): Promise<Record<string, readonly string[]>> {
  const [cards, shell, document] = [
    await admin.get('/plugins'),
    await admin.get<ShellDocument>('/shell'),
    await admin.get('/openapi.json'),
  ]
  const plugins = (ids: readonly string[]) =>
    [...new Set(ids.map((id) => id.split(/[./]/).find(Boolean)!))].toSorted()
  return {
    cards: plugins(
      cards.body.items
        .filter((card: { state: string }) => card.state === 'enabled')
        .map((card: { id: string }) => card.id),
    ),
    shell: plugins(Object.keys(shell.body.entities)),
    navigation: plugins(shell.body.navigation.map((item) => item.plugin)),
    paths: plugins(Object.keys(document.body.paths)).filter((name) => !OF_THE_KERNEL.has(name)),
    // The kernel's own begin with a capital letter.
    schemas: plugins(Object.keys(document.body.components.schemas).filter((name) => /^[a-z]/.test(name))),
  }
}

const ROUTES = [
  '/library/books',
  '/lending/loans',
  '/archive/files',
  '/meta/lending/loan',
  '/library/readable-notes',
]
const statuses = async ({ admin }: TestTenant) =>
  Promise.all(ROUTES.map(async (path) => (await admin.get(path)).status))

describe('switching a plugin on', () => {
  const acme = platform.tenant('acme')

  test('is planned first: what comes along, in which order, and nothing is done', async () => {
    const before = await rowCounts(platform)
    const plan = await planOf(acme, 'enable', 'archive')
    expect(stepsOf(plan)).toEqual([
      'enable library dependency',
      'enable lending dependency',
      'enable archive requested',
    ])
    expect(plan).toMatchObject({ plugin: 'archive', action: 'enable', blockers: [] })
    expect(plan.steps[1]).toMatchObject({
      name: { en: 'Lending' },
      entities: [
        { label: { en: 'Loans' }, rows: 0 },
        { label: { en: 'Entries' }, rows: 0 },
      ],
    })
    expect(await rowCounts(platform)).toEqual(before)
    expect(await statuses(acme)).toEqual([404, 404, 404, 404, 404])
  })

  test('shows with the next request, on this node and soon on the others, and in open pages', async () => {
    const node = await platform.anotherNode()
    const there = node.tenant('acme')
    expect(await statuses(there)).toEqual([404, 404, 404, 404, 404])
    const { port } = await platform.listen()
    const live = await fetch(`http://127.0.0.1:${port}/t/acme/api/v1/live`, {
      headers: { cookie: await acme.admin.cookie() },
    })
    const reader = live.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toContain('event: open')

    await acme.switch('enable', 'archive')
    expect((await reader.read()).value).toContain('event: shell')
    await reader.cancel()
    expect(await statuses(acme)).toEqual([200, 200, 200, 200, 200])
    const all = ['archive', 'lending', 'library']
    expect(await whatIsOn(acme)).toEqual({
      cards: all,
      shell: all,
      navigation: ['library'],
      paths: all,
      schemas: all,
    })
    await expect.poll(() => statuses(there)).toEqual([200, 200, 200, 200, 200])
    await node.stop()
  })

  test('is noted, with who did it', async () => {
    const { body } = await acme.admin.get('/audit?subjectType=plugin')
    const actor = { kind: 'member', name: 'admin' }
    expect(body.items.toReversed()).toMatchObject(
      ['library', 'lending', 'archive'].map((subjectId) => ({ subjectId, action: 'plugin.enabled', actor })),
    )
  })

  test('changes nothing for other workspaces', async () => {
    expect(await statuses(platform.tenant('middle'))).toEqual([404, 404, 402, 404, 404])
    expect((await whatIsOn(platform.tenant('stale')))['cards']).toEqual([])
  })

  test('that is on already does nothing', async () => {
    const plan = await planOf(acme, 'enable', 'archive')
    expect(plan.steps).toEqual([])
    const before = await rowCounts(platform)
    expect(
      (await acme.admin.post('/plugins/archive/apply', { action: 'enable', hash: plan.hash })).status,
    ).toBe(200)
    expect(await rowCounts(platform)).toEqual(before)
  })
})

describe('switching a plugin off', () => {
  const full = platform.tenant('full')

  test('takes along what requires it, hides all of it, and keeps the data until it is on again', async () => {
    const book = await makeRecord(full.admin, 'library.book')
    const loan = await makeRecord(full.admin, 'lending.loan', { bookId: book.id })
    const file = await makeRecord(full.admin, 'archive.file', { loanId: loan.id })
    const cards = (await full.admin.get('/plugins')).body.items as { id: string; requiredBy: string[] }[]
    expect(cards.find(({ id }) => id === 'library')?.requiredBy).toEqual(['lending'])

    const plan = await planOf(full, 'disable', 'library')
    expect(stepsOf(plan)).toEqual([
      'disable archive dependency',
      'disable lending dependency',
      'disable library requested',
    ])
    expect(plan.steps[0]!.entities).toEqual([{ label: { en: 'Files' }, rows: 1 }])
    await full.switch('disable', 'library')
    expect(await statuses(full)).toEqual([404, 404, 404, 404, 404])
    expect(await whatIsOn(full)).toEqual({
      cards: ['billboard'],
      shell: [],
      navigation: [],
      paths: ['billboard'],
      schemas: [],
    })
    expectProblem(await full.admin.get(`/library/books/${book.id}`), 404, 'not_found')
    expectProblem(await full.admin.post('/library/authors', { name: 'x' }), 404, 'not_found')
    expectProblem(await full.member.get('/library/books'), 404, 'not_found')
    expect((await full.admin.get('/billboard/wall')).body).toEqual({ books: 0 })

    await full.switch('enable', 'archive')
    expect((await full.admin.get(`/library/books/${book.id}`)).body).toEqual(book)
    expect((await full.admin.get(`/lending/loans/${loan.id}`)).body).toEqual(loan)
    expect((await full.admin.get(`/archive/files/${file.id}`)).body).toEqual(file)
    expect((await full.admin.get('/billboard/wall')).body).toEqual({ books: 1 })
  })
})

describe('a plan is refused', () => {
  test('when the world has changed since', async () => {
    const stale = platform.tenant('stale')
    const { hash } = await planOf(stale, 'enable', 'lending')
    await stale.switch('enable', 'billboard')
    const answer = await stale.admin.post('/plugins/lending/apply', { action: 'enable', hash })
    expectProblem(answer, 409, 'plan_stale')
    expect((await whatIsOn(stale))['cards']).toEqual(['billboard'])
  })

  test('when it was for something else', async () => {
    const stale = platform.tenant('stale')
    const { hash } = await planOf(stale, 'enable', 'library')
    for (const [plugin, action] of [
      ['lending', 'enable'],
      ['library', 'disable'],
    ] as const)
      expectProblem(await stale.admin.post(`/plugins/${plugin}/apply`, { action, hash }), 409, 'plan_stale')
  })

  test('to all but one of those who carry it out at once', async () => {
    const stale = platform.tenant('stale')
    const { hash } = await planOf(stale, 'enable', 'library')
    const attempts = Array.from({ length: 5 }, () =>
      stale.admin.post('/plugins/library/apply', { action: 'enable', hash }),
    )
    const codes = (await Promise.all(attempts)).map(({ status, body }) => String(body.code ?? status))
    expect(codes.toSorted()).toEqual(['200', 'plan_stale', 'plan_stale', 'plan_stale', 'plan_stale'])
    // But rows that come and go meanwhile do not make it stale.
    const next = await planOf(stale, 'disable', 'library')
    await makeRecord(stale.admin, 'library.book')
    const applied = await stale.admin.post('/plugins/library/apply', { action: 'disable', hash: next.hash })
    expect(applied.status).toBe(200)
  })

  test('when the tier is too low, with the tier that is needed', async () => {
    const middle = platform.tenant('middle')
    const plan = await planOf(middle, 'enable', 'archive')
    expect(stepsOf(plan)).toHaveLength(3)
    expect(plan.blockers).toMatchObject([
      { code: 'tier_required', tier: 'enterprise', detail: { en: expect.any(String) } },
    ])
    const answer = await middle.admin.post('/plugins/archive/apply', { action: 'enable', hash: plan.hash })
    expectProblem(answer, 402, 'tier_required')
    expect(answer.body.tier).toBe('enterprise')
    expect((await whatIsOn(middle))['cards']).toEqual([])
    await middle.switch('enable', 'lending')
    expect((await whatIsOn(middle))['cards']).toEqual(['lending', 'library'])
  })

  test('when another plugin stands against it', async () => {
    const rivals = platform.tenant('rivals')
    const plan = await planOf(rivals, 'enable', 'lending')
    const reason = { code: 'plugin_conflict', detail: { en: 'There can be only one library.' } }
    expect(plan.blockers).toEqual([reason])
    const answer = await rivals.admin.post('/plugins/lending/apply', { action: 'enable', hash: plan.hash })
    expectProblem(answer, 409, 'plan_blocked')
    expect(answer.body.blockers).toEqual([reason])
    expect((await whatIsOn(rivals))['cards']).toEqual(['rival'])
  })

  test('to members, who cannot even see the plugins', async () => {
    const { member } = platform.tenant('acme')
    for (const answer of [
      await member.get('/plugins'),
      await member.post('/plugins/library/plan', { action: 'disable' }),
      await member.post('/plugins/library/apply', { action: 'disable', hash: 'x' }),
      await member.post('/plugins/library/retry'),
    ])
      expectProblem(answer, 403, 'permission_missing')
  })

  test('for a plugin that does not exist', async () => {
    const { admin } = platform.tenant('acme')
    for (const verb of ['plan', 'apply', 'retry'])
      expectProblem(
        await admin.post(`/plugins/nothing/${verb}`, {
          action: 'enable',
          ...(verb === 'apply' ? { hash: 'x' } : {}),
        }),
      )
  })
})

test('a lower tier hides what it does not include, and keeps it for a higher one', async () => {
  const full = platform.tenant('full')
  const setTier = async (tier: string): Promise<void> => {
    await platform.sql('UPDATE plinth.tenant SET tier = $2 WHERE id = $1', [full.id, tier])
    await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: full.id })
  }
  await setTier('professional')
  expect(await statuses(full)).toEqual([200, 200, 402, 200, 200])
  await setTier('custom')
  expect(await statuses(full)).toEqual([200, 200, 200, 200, 200])
})
