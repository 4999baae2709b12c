import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { LEVELS, type Level } from '../src/data/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { ended, order } from './moving-tenant.ts'
import { poolerProgram, startPooler } from './start-pooler.ts'
import { makeRecord, type TestPlatform } from './support/index.ts'

const program = poolerProgram()
const levels: readonly Level[] = LEVELS.filter((level) => level !== 'cluster')

describe
  .skipIf(!program)
  .each([
    { how: 'without prepared statements', prepared: false },
    ...(program?.prepares ? [{ how: 'with prepared statements', prepared: true }] : []),
  ])(
  `through pgbouncer ${program?.version ?? '(skipped: not installed)'} in transaction mode, $how`,
  ({ prepared }) => {
    let pooler: Awaited<ReturnType<typeof startPooler>>
    let platform: TestPlatform

    beforeAll(async () => {
      pooler = await startPooler(inject('adminUrl'))
      platform = await bootFixtures({
        plugins: ['lending'],
        tenants: levels.map((level) => ({ slug: `at-${level}`, level })),
        config: {
          servers: new Map([['main', { url: inject('adminUrl'), pooler: pooler.address }]]),
          prepared,
        },
      })
    }, 90_000)
    afterAll(async () => {
      await platform?.stop()
      await pooler?.stop()
    })

    test('the application’s sessions go through it', async () => {
      const { database } = platform.platform.root.cradle
      const ask = () => database.queryPlatform<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' })
      const pids = new Set((await Promise.all(Array.from({ length: 40 }, ask))).map(([row]) => row!.pid))
      expect(pids.size).toBeLessThanOrEqual(4)
    })

    test.each(levels)('a workspace at level %s works as without, events included', async (level) => {
      const tenant = platform.tenant(`at-${level}`)
      const book = await makeRecord(tenant.admin, 'library.book')
      expect((await tenant.admin.get(`/library/books/${book.id}`)).body).toEqual(book)
      expect((await tenant.admin.get(`/library/books?q=${book.title}`)).status).toBe(200)
      await platform.settled()
      const [row] = await tenant.sql(
        'SELECT count(*)::int AS count FROM shared.lending_entry WHERE subject = $1',
        [book.id],
      )
      expect(row).toEqual({ count: 1 })
    })

    test('many requests at once of workspaces at all levels see no foreign row', async () => {
      const clients = levels.map((level) => ({ level, client: platform.tenant(`at-${level}`).admin }))
      await Promise.all(
        clients.map(({ level, client }) => client.post('/library/authors', { name: `mark-${level}-end` })),
      )
      const answers = await Promise.all(
        Array.from({ length: 120 }, async (_, n) => {
          const { level, client } = clients[n % clients.length]!
          const answer =
            n % 4 === 0
              ? await client.post('/library/authors', { name: `mark-${level}-end` })
              : await client.get('/library/authors?limit=200')
          return { level, answer }
        }),
      )
      for (const { level, answer } of answers) {
        expect(answer.status, answer.text).toBeLessThan(300)
        const marks = [...answer.text.matchAll(/mark-\w+-end/g)].map(([mark]) => mark)
        expect(new Set(marks)).toEqual(new Set([`mark-${level}-end`]))
      }
    })

    test('a workspace is moved while the pooler holds its sessions', async () => {
      const tenant = platform.tenant('at-shared')
      const { body } = await tenant.admin.get('/library/authors')
      expect(await ended(platform, await order(platform, tenant, 'database'))).toMatchObject({ step: 'done' })
      expect((await tenant.admin.get('/library/authors')).body.items).toEqual(body.items)
      await makeRecord(tenant.admin, 'library.author')
    }, 60_000)
  },
)
