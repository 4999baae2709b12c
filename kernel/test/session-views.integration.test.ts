import type { SessionDocument, ShellDocument } from '@plinth/sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { BY_ITSELF } from '../src/data/index.ts'
import { bootFixtures, rowCounts } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { switchOff, switchOn } from './fixtures/switches.ts'
import { roleMaker } from './role-fixtures.ts'
import { StepByStep } from './second-factors.ts'
import { makeRecord } from './support/index.ts'

const VIEW_AS = 'platform.kernel.member.viewAs'
const BOOKS = 'education.library.book.read'

const platform = await bootFixtures({ tenants: [{ slug: 'acme' }, { slug: 'other' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const { password } = acme.credentials.member
const { bus } = platform.platform.root.cradle
const makeRole = roleMaker(acme)

/** A member at a browser. */
async function someone(roles: readonly string[] = []) {
  const client = await acme.addMember(roles)
  const [row] = await acme.sql<{ email: string; name: string }>(
    'SELECT email, name FROM plinth.member WHERE id = $1',
    [client.id],
  )
  const browser = new StepByStep(acme)
  await browser.signIn({ email: row!.email, password })
  return { ...row!, id: client.id, client, browser }
}

/** Everything plugins bring is held by who has this role without condition, as by an administrator. */
async function helpdesk(more: readonly string[] = []) {
  const { id } = await makeRole({ grants: [VIEW_AS, 'education.library.*', ...more] })
  return { role: id, ...(await someone([id])) }
}

const tell = () => bus.publish({ topic: 'identity', tenantId: acme.id })

async function alter(set: string, id: string): Promise<void> {
  await acme.sql(`UPDATE plinth.session SET ${set} WHERE member_id = $1`, [id])
  await tell()
}

const entries = (member: string) =>
  acme.sql<{ action: string; actor_id: string; after: any }>(
    `SELECT action, actor_id, after FROM plinth.audit WHERE (subject_type = 'platform.member' AND subject_id = $1) OR after::jsonb ->> 'viewingAs' = $1 ORDER BY id`,
    [member],
  )

describe('seeing the workspace as a member does', () => {
  test('shows what they see, and nothing else, on every node', async () => {
    const viewed = await someone()
    const viewer = await someone(['admin'])
    const own = await makeRecord(admin, 'library.note', { ownerId: viewed.id })
    await makeRecord(admin, 'library.note', { ownerId: viewer.id })
    const node = await platform.anotherNode()
    const begun = await viewer.browser.keep('POST', '/session/view', { member: viewed.id })
    expect(begun.status, begun.text).toBe(200)
    const { viewing, member } = begun.body as SessionDocument
    expect(member).toMatchObject({ id: viewed.id, email: viewed.email })
    expect(viewing!.viewer).toEqual({ id: viewer.id, label: viewer.name })
    expect(Date.parse(viewing!.until) - Date.now()).toBeGreaterThan(29 * 60_000)
    expect(Date.parse(viewing!.until) - Date.now()).toBeLessThanOrEqual(30 * 60_000)
    const { csrf: _, ...shell } = (await viewer.browser.send('GET', '/shell')).body as ShellDocument
    const { csrf: __, ...theirs } = (await viewed.browser.send('GET', '/shell')).body as ShellDocument
    expect(shell).toEqual({ ...theirs, viewing })
    const notes = (await viewer.browser.send('GET', '/library/notes')).body.items
    expect(notes.map(({ id }: { id: string }) => id)).toEqual([own.id])
    // The plugin's own code sees it no other way.
    expect((await viewer.browser.send('GET', '/library/readable-notes')).body.items).toHaveLength(1)
    const there = await node.platform.app.request('http://acme.localhost/api/v1/shell', {
      headers: { cookie: viewer.browser.cookie },
    })
    expect((await there.json()) as ShellDocument).toMatchObject({ member: { id: viewed.id }, console: [] })
    expect((await viewed.browser.send('GET', '/session')).body.viewing).toBeUndefined()
    const ended = await viewer.browser.keep('DELETE', '/session/view')
    expect(ended.body).toMatchObject({ member: { id: viewer.id } })
    expect(ended.body.viewing).toBeUndefined()
    expect((await viewer.browser.send('GET', '/roles')).status).toBe(200)
    expectProblem(await viewer.browser.send('DELETE', '/session/view'), 404, 'not_found')
  })

  test('changes nothing: every changing operation there is refuses it, a GET that wants to as well', async () => {
    const viewed = await someone()
    const viewer = await someone(['admin'])
    await viewer.browser.keep('POST', '/session/view', { member: viewed.id })
    const { paths } = (await admin.get('/openapi.json')).body
    const operations = Object.entries<Record<string, { security?: unknown[] }>>(paths).flatMap(
      ([path, item]) =>
        Object.entries(item).flatMap(([method, { security }]) =>
          // Provisioning has a token of its own, and takes no session.
          method === 'get' || security?.length === 0 || path.startsWith('/scim/')
            ? []
            : [{ method: method.toUpperCase(), path }],
        ),
    )
    expect(operations.length).toBeGreaterThan(60)
    const ending = ['/session/view', '/session']
    const before = await rowCounts(platform)
    for (const { method, path } of operations) {
      if (method === 'DELETE' && ending.includes(path)) continue
      const where = path.replaceAll(/\{[^}]+\}/g, viewed.id)
      const answer = await viewer.browser.send(method, where, {})
      expect([method, path, answer.body?.code]).toEqual([method, path, 'viewing_as'])
    }
    switchOn('library-takes-notes')
    try {
      for (let count = 0; count < 6; count += 1)
        expectProblem(await viewer.browser.send('GET', '/library/readable-notes'), 403, 'viewing_as')
      expect((await viewed.browser.send('GET', '/library/readable-notes')).status).toBe(200)
    } finally {
      switchOff('library-takes-notes')
    }
    const after = await rowCounts(platform)
    const differ = Object.keys(after).filter((table) => after[table] !== before[table])
    // What the member's own look has noted.
    expect(differ.toSorted()).toEqual(['plinth.audit', 'plinth.outbox', 'shared.library_note'])
  })

  test('keeps out of the account: devices and second factors are the member’s own', async () => {
    const viewed = await someone()
    const viewer = await someone(['admin'])
    await viewer.browser.keep('POST', '/session/view', { member: viewed.id })
    for (const path of ['/sessions', '/session/second-factor', '/delegations', '/oauth/grants'])
      expectProblem(await viewer.browser.send('GET', path), 403, 'viewing_as')
  })

  test('is for those who may, and of those who hold nothing they lack', async () => {
    const viewed = await someone()
    const plain = await someone()
    const body = { member: viewed.id }
    expect(await plain.browser.send('POST', '/session/view', body)).toMatchObject({
      status: 403,
      body: { permission: VIEW_AS },
    })
    expectProblem(await acme.anonymous.post('/session/view', body), 401, 'session_missing')
    const { key } = (await admin.post('/api-keys', { name: 'Peep', permissions: ['*'] })).body
    expectProblem(await acme.clientWithKey(key).post('/session/view', body), 401, 'session_missing')

    const viewer = await helpdesk()
    const refusals = [
      [['admin'], 'all there is'],
      [[(await makeRole({ grants: ['platform.kernel.audit.read'] })).id], 'a right of the platform'],
      [[(await makeRole({ grants: ['education.*'] })).id], 'a prefix beyond theirs'],
    ] as const
    for (const [roles, what] of refusals) {
      const { id } = await someone(roles)
      const answer = await viewer.browser.send('POST', '/session/view', { member: id })
      expect([what, answer.status, answer.body.code]).toEqual([what, 403, 'permission_missing'])
      // Nobody learns by it what someone else may do.
      expect(answer.body.permission).toBe(VIEW_AS)
    }
    // Records of one's own are others for others.
    const narrow = await someone([(await makeRole({ grants: [VIEW_AS] })).id])
    expectProblem(await narrow.browser.send('POST', '/session/view', body), 403, 'permission_missing')
    expect((await viewer.browser.keep('POST', '/session/view', body)).status).toBe(200)
  })

  test('is refused of oneself, of nobody, of strangers, within another view, and to a browser left alone', async () => {
    const viewer = await someone(['admin'])
    const [viewed, second] = [await someone(), await someone()]
    const attempt = (member: unknown) => viewer.browser.send('POST', '/session/view', { member })
    expectProblem(await attempt(viewer.id), 409, 'own_account')
    expectProblem(await attempt(viewer.id.toUpperCase()), 409, 'own_account')
    for (const member of ['nobody', '00000000-0000-7000-8000-000000000000', 4, null])
      expectProblem(await attempt(member), 422, 'validation_failed')
    const stranger = await platform.tenant('other').addMember()
    expectProblem(await attempt(stranger.id), 422, 'validation_failed')
    const inactive = await someone()
    await admin.patch(`/members/${inactive.id}`, { status: 'inactive' })
    expectProblem(await attempt(inactive.id), 422, 'validation_failed')
    await alter(`proven_at = now() - interval '16 minutes'`, viewer.id)
    expectProblem(await attempt(viewed.id), 403, 'confirmation_needed')
    await alter('proven_at = now()', viewer.id)
    await viewer.browser.keep('POST', '/session/view', { member: viewed.id })
    expectProblem(await attempt(second.id), 403, 'viewing_as')
  })
})

describe('a view ends', () => {
  async function view(viewer: Awaited<ReturnType<typeof someone>>) {
    const viewed = await someone()
    const begun = await viewer.browser.keep('POST', '/session/view', { member: viewed.id })
    expect(begun.status, begun.text).toBe(200)
    return viewed
  }
  const whose = async ({ browser }: Awaited<ReturnType<typeof someone>>) =>
    (await browser.send('GET', '/session')).body.member?.id

  test('by itself after thirty minutes, is noted once, and leaves no page behind that could still change something', async () => {
    const viewer = await someone(['admin'])
    const viewed = await view(viewer)
    await alter(`view_until = now() + interval '2 seconds'`, viewer.id)
    expect(await whose(viewer)).toBe(viewed.id)
    await expect.poll(() => whose(viewer), { timeout: 10_000 }).toBe(viewer.id)
    await alter(`view_until = view_until`, viewer.id)
    expect(await whose(viewer)).toBe(viewer.id)
    const noted = await entries(viewed.id)
    expect(noted.map(({ action }) => action)).toEqual(['view.begun', 'view.ended'])
    // The page still shows the colleague's view, and sends what came with it.
    expectProblem(await viewer.browser.send('POST', '/roles', { label: 'Mistaken' }), 403, 'csrf_invalid')
  })

  test('and is noted once where nothing is asked for any more, while others go on', async () => {
    const { sessionViews } = platform.platform.root.cradle
    const [gone, back] = [await someone(['admin']), await someone(['admin'])]
    const [first, second] = [await view(gone), await view(back)]
    await alter(`view_until = now() - interval '1 second'`, gone.id)
    await Promise.all([sessionViews.endLapsed(acme.id), sessionViews.endLapsed(acme.id)])
    await sessionViews.endLapsed(platform.tenant('other').id)
    expect((await entries(first.id)).map((each) => [each.action, each.actor_id])).toEqual([
      ['view.begun', gone.id],
      ['view.ended', gone.id],
    ])
    expect(await whose(gone)).toBe(gone.id)
    expect((await entries(first.id)).length).toBe(2)
    expect(await whose(back)).toBe(second.id)
    // Found to be over, and begun anew before that is written.
    const [session] = await acme.sql<{ id: string }>('SELECT id FROM plinth.session WHERE member_id = $1', [
      back.id,
    ])
    await sessionViews.end(acme.id, session!.id, BY_ITSELF, { lapsed: true })
    expect(await whose(back)).toBe(second.id)
  })

  test('when who looks loses the right, or a right that the other has', async () => {
    const viewer = await helpdesk()
    for (const grants of [['education.library.*'], [VIEW_AS, BOOKS]]) {
      await acme.sql('UPDATE plinth.role SET grants = $2 WHERE id = $1', [
        viewer.role,
        JSON.stringify([VIEW_AS, 'education.library.*']),
      ])
      await bus.publish({ topic: 'tenant', tenantId: acme.id })
      const own = await viewer.browser.send('GET', '/session')
      viewer.browser.csrf = own.body.csrf
      const viewed = await view(viewer)
      expect(await whose(viewer)).toBe(viewed.id)
      await acme.sql('UPDATE plinth.role SET grants = $2 WHERE id = $1', [
        viewer.role,
        JSON.stringify(grants),
      ])
      await bus.publish({ topic: 'tenant', tenantId: acme.id })
      await expect.poll(() => whose(viewer)).toBe(viewer.id)
      expect((await entries(viewed.id)).at(-1)).toMatchObject({ action: 'view.ended', actor_id: viewer.id })
    }
  })

  test('when the other is given more, is deactivated, or who looks is', async () => {
    const viewer = await helpdesk()
    const promoted = await view(viewer)
    await admin.patch(`/members/${promoted.id}`, { roles: ['admin'] })
    await expect.poll(() => whose(viewer)).toBe(viewer.id)
    viewer.browser.csrf = (await viewer.browser.send('GET', '/session')).body.csrf
    const gone = await view(viewer)
    await admin.patch(`/members/${gone.id}`, { status: 'inactive' })
    await expect.poll(() => whose(viewer)).toBe(viewer.id)
    viewer.browser.csrf = (await viewer.browser.send('GET', '/session')).body.csrf
    await view(viewer)
    await admin.patch(`/members/${viewer.id}`, { status: 'inactive' })
    await expect.poll(async () => (await viewer.browser.send('GET', '/session')).status).toBe(401)
  })

  test('with the session, whoever ends that', async () => {
    const viewer = await someone(['admin'])
    const first = await view(viewer)
    expect((await viewer.browser.send('DELETE', '/session')).status).toBe(204)
    const actions = (await entries(first.id)).map(({ action }) => action)
    expect(actions).toEqual(['view.begun', 'view.ended', 'session.ended'])
    await viewer.browser.signIn({ email: viewer.email, password })
    const second = await view(viewer)
    await admin.delete(`/members/${viewer.id}/sessions`)
    expect((await entries(second.id)).map(({ action }) => action)).toEqual(['view.begun', 'view.ended'])
  })

  test('and all along both stand in the audit log, who looks as the one who did it', async () => {
    const viewer = await someone(['admin'])
    const viewed = await view(viewer)
    expectProblem(await viewer.browser.send('GET', '/roles'), 403, 'permission_missing')
    expectProblem(await viewer.browser.send('POST', '/roles', {}), 403, 'viewing_as')
    await viewer.browser.keep('DELETE', '/session/view')
    await expect.poll(async () => (await entries(viewed.id)).length).toBe(4)
    const noted = await entries(viewed.id)
    expect(noted.every(({ actor_id: actor }) => actor === viewer.id)).toBe(true)
    expect(noted.map(({ action, after }) => [action, after?.viewingAs ?? null])).toEqual(
      expect.arrayContaining([
        ['view.begun', null],
        ['access.refused', viewed.id],
        ['access.refused', viewed.id],
        ['view.ended', viewed.id],
      ]),
    )
  })
})
