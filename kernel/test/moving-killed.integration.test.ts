import { afterAll, expect, test } from 'vitest'
import type { Level } from '../src/data/index.ts'
import { Mover } from '../src/moving/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { contents, ended, fill, order, workUntil } from './moving-tenant.ts'
import { makeRecord } from './support/index.ts'

// Without a worker of its own: nobody moves anyone but those who are told to.
const platform = await bootFixtures({ plugins: ['library'], roles: ['web'] })
const acme = platform.tenant('acme')
await fill(acme)
afterAll(() => platform.stop())

test.each<[string, Level]>([
  ['prepare', 'database'],
  ['copy', 'database'],
  ['catch-up', 'database'],
  ['compare', 'database'],
  ['close', 'database'],
  ['switch', 'database'],
  ['arrive', 'database'],
  ['arrive', 'shared'],
  ['switch', 'schema'],
  ['remove', 'database'],
  ['remove', 'shared'],
])(
  'a move whose worker is killed at %s, on the way to %s, is taken up by another',
  async (step, level) => {
    const mover = new Mover(platform.platform.root.cradle)
    if ((await acme.home()).level === level) {
      mover.start()
      await ended(platform, await order(platform, acme, level === 'shared' ? 'database' : 'shared'))
      await mover.stop()
    }
    const before = await contents(acme)
    const move = await order(platform, acme, level)
    await workUntil(platform, step)
    // Whoever reads or changes something now may have to wait, and is answered.
    const change = makeRecord(acme.admin, 'library.author')
    const reading = acme.admin.get('/library/authors')
    mover.start()
    await change
    expect((await reading).status).toBe(200)
    expect(await ended(platform, move)).toMatchObject({ step: 'done', error: null })
    await mover.stop()
    expect(await acme.home()).toMatchObject({ level })
    const after = await contents(acme)
    const changed = Object.keys(after).filter((name) => after[name] !== before[name])
    const allowed = [
      'plinth.audit',
      'plinth.outbox',
      'plinth.delivery',
      'plinth.idempotency',
      'library_author',
    ]
    expect(changed.filter((name) => !allowed.includes(name))).toEqual([])
  },
  120_000,
)

test('a move that cannot succeed is given up, and the workspace stays where it is', async () => {
  const mover = new Mover(platform.platform.root.cradle)
  const { level } = await acme.home()
  await acme.sql('CREATE TABLE shared.library_relic (tenant_id uuid, id uuid, PRIMARY KEY (tenant_id, id))')
  await acme.sql('INSERT INTO shared.library_relic VALUES ($1, $1)', [acme.id])
  const before = await contents(acme)
  mover.start()
  const move = await ended(platform, await order(platform, acme, 'database'))
  await mover.stop()
  await acme.sql('DROP TABLE shared.library_relic')
  expect(move).toMatchObject({ step: 'failed', error: expect.stringContaining('library_relic') })
  expect(await acme.home()).toMatchObject({ level })
  const { [`library_relic`]: _relic, ...rest } = before
  expect(await contents(acme)).toEqual(rest)
  await makeRecord(acme.admin, 'library.author')
  const places = await platform.platform.root.cradle.places.all()
  expect(places.filter(({ tenant, state }) => tenant === acme.id && state === 'taken')).toEqual([])
}, 60_000)
