import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ServerConfig } from '../src/config/index.ts'
import type { Level } from '../src/data/index.ts'
import { asAdmin } from '../src/data/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { contents, ended, fill, order } from './moving-tenant.ts'
import { startSecondServer } from './second-server.ts'
import { makeRecord, type TestPlatform } from './support/index.ts'

const plugins = ['lending', 'clinic']
let second: Awaited<ReturnType<typeof startSecondServer>>
let platform: TestPlatform

beforeAll(async () => {
  second = await startSecondServer()
  const servers = new Map<string, ServerConfig>([
    ['two', { url: second.adminUrl, levels: ['shared', 'schema', 'database'] }],
    ['own', { url: second.adminUrl, levels: ['cluster'] }],
  ])
  platform = await bootFixtures({
    plugins,
    config: { servers },
    tenants: [{ slug: 'acme' }, { slug: 'beta' }, { slug: 'gamma' }],
  })
}, 90_000)
afterAll(async () => {
  await platform.stop()
  await second.remove()
})

describe('a workspace', () => {
  const stations: [Level, string | undefined][] = [
    ['schema', 'main'],
    ['database', 'main'],
    ['shared', 'main'],
    ['shared', 'two'],
    ['schema', 'two'],
    ['cluster', 'own'],
    ['database', 'two'],
    ['schema', 'main'],
    ['shared', 'two'],
    ['shared', 'main'],
  ]
  test('goes to every level and server and back with all it has, and leaves nothing behind', async () => {
    const acme = platform.tenant('acme')
    await fill(acme)
    await fill(platform.tenant('beta'))
    await platform.settled()
    // What is encrypted stays bound to its workspace and record, and what the workspace added comes along.
    const dossier = await makeRecord(acme.admin, 'clinic.dossier')
    const field = await acme.admin.post('/custom-fields/library/author', { type: 'int', label: 'Shelf' })
    expect(field.status, field.text).toBe(201)
    const custom = { [field.body.name]: 7 }
    const extended = await makeRecord(acme.admin, 'library.author', { custom })
    const wanted = encodeURIComponent(JSON.stringify({ [`custom.${field.body.name}`]: 7 }))
    await platform.settled()
    const before = await contents(acme)
    const authors = (await acme.admin.get('/library/authors')).body.items
    const others = await contents(platform.tenant('beta'))
    for (const [level, server] of stations) {
      const left = await acme.home()
      const move = await ended(platform, await order(platform, acme, level, server))
      expect(move, `${level} ${server}`).toMatchObject({ step: 'done', error: null })
      expect(await acme.home()).toMatchObject({ level, server })
      expect(await contents(acme)).toEqual(before)
      expect((await acme.admin.get('/library/authors')).body.items).toEqual(authors)
      expect((await acme.admin.get(`/clinic/dossiers/${dossier.id}`)).body).toEqual(dossier)
      const { body: found } = await acme.admin.get(`/library/authors?filter=${wanted}`)
      expect(found.items).toMatchObject([{ id: extended.id }])
      if (left.level === 'shared') {
        const { servers } = platform.platform.root.cradle
        const rows = await asAdmin(servers.adminUrl(left.server, ''), async (client) => {
          const text = 'SELECT 1 FROM shared.library_author WHERE tenant_id = $1'
          return (await client.query(text, [acme.id])).rows
        })
        expect(rows).toEqual([])
      }
    }
    expect(await contents(platform.tenant('beta'))).toEqual(others)
    // What it was able to do before, it still is.
    const book = await makeRecord(acme.admin, 'library.book')
    await platform.settled()
    const [entry] = await acme.sql(
      'SELECT count(*)::int AS count FROM shared.lending_entry WHERE subject = $1',
      [book.id],
    )
    expect(entry).toEqual({ count: 1 })
  }, 300_000)

  test('is not moved to where it is, nor twice at once, nor where there is no room', async () => {
    const { moves } = platform.platform.root.cradle
    const gamma = platform.tenant('gamma')
    const refused = { code: 'move_refused' }
    await expect(moves.start(gamma.id, 'shared')).rejects.toMatchObject(refused)
    await expect(moves.start(gamma.id, 'shared', 'own')).rejects.toMatchObject({ code: 'server_unsuitable' })
    await expect(moves.start(gamma.id, 'database')).rejects.toMatchObject({ code: 'place_preparing' })
    const [first, other] = await Promise.allSettled([
      order(platform, gamma, 'schema'),
      order(platform, gamma, 'schema'),
    ])
    const outcomes = [first, other].map(({ status }) => status).toSorted()
    expect(outcomes).toEqual(['fulfilled', 'rejected'])
    for (const each of [first, other]) if (each.status === 'fulfilled') await ended(platform, each.value)
    expect(await gamma.home()).toMatchObject({ level: 'schema' })
  }, 60_000)
})
