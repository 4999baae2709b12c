import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { newId } from '../src/data/index.ts'
import { expectProblem } from './expect-problem.ts'
import { makeRecord } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['library'],
  roles: ['web'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme

const refusals = async (actorId: string): Promise<any[]> =>
  (await admin.get(`/audit?action=access.refused&actorId=${actorId}`)).body.items

describe('mass assignment', () => {
  test('mass assignment: no way of changing oneself takes roles, status, address or workspace along', async () => {
    const someone = await acme.addMember()
    const own = () =>
      acme.sql('SELECT roles, status, email, tenant_id, name FROM plinth.member WHERE id = $1', [someone.id])
    const before = await own()
    const more = [
      { roles: ['admin'] },
      { status: 'active' },
      { email: 'boss@acme.example' },
      { tenantId: platform.tenant('beta').id },
      { id: newId() },
      { permissions: ['*'] },
      { member: { roles: ['admin'] } },
    ]
    const ways: [method: 'post' | 'patch', path: string, body: object][] = [
      ['patch', '/session', { locale: 'de' }],
      ['post', '/session', acme.credentials.member],
      [
        'post',
        '/session/password',
        { current: 'correct horse battery staple', password: 'a wholly new passphrase' },
      ],
      ['post', '/session/second-factor/totp', { name: 'Phone' }],
    ]
    for (const [method, path, body] of ways)
      for (const extra of more.filter((each) => !Object.keys(each).some((name) => name in body))) {
        const answer = await someone[method](path, { ...body, ...extra })
        expectProblem(answer, 422, 'validation_failed')
        expect(await own(), `${path} ${JSON.stringify(extra)}`).toEqual(before)
      }
  })
})

describe('K-PERM-05: looking for what belongs to others', () => {
  test('records that are asked for one after the other are noted, found or not elsewhere', async () => {
    const someone = await acme.addMember(['admin'])
    const foreign = await makeRecord(platform.tenant('beta').admin, 'library.author')
    for (let n = 0; n < 19; n += 1)
      expectProblem(await someone.get(`/library/authors/${newId()}`), 404, 'not_found')
    await platform.platform.root.cradle.refusals.stop()
    expect(await refusals(someone.id)).toEqual([])
    for (let n = 0; n < 24; n += 1) {
      const id = n === 0 ? foreign.id : newId()
      expectProblem(await someone.get(`/library/authors/${id}`), 404, 'not_found')
    }
    const noted = { code: 'ids_probed', method: 'GET', path: `/api/v1/library/authors/${foreign.id}` }
    await expect.poll(() => refusals(someone.id)).toMatchObject([{ after: { ...noted, count: 20 } }])
    await platform.platform.root.cradle.refusals.stop()
    // The rest of the minute, together.
    expect(await refusals(someone.id)).toMatchObject([
      { after: { ...noted, count: 4 } },
      { after: { count: 20 } },
    ])
    expect((await platform.tenant('beta').admin.get('/audit?action=access.refused')).body.items).toEqual([])
  })

  test('a page that does not exist is no such thing', async () => {
    const someone = await acme.addMember(['admin'])
    for (let n = 0; n < 25; n += 1) expectProblem(await someone.get('/library/nowhere'), 404, 'not_found')
    await platform.platform.root.cradle.refusals.stop()
    expect(await refusals(someone.id)).toEqual([])
  })
})
