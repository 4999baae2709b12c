import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import type { Level } from '../src/data/index.ts'
import { Mover } from '../src/moving/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { contents, ended, fill, order, workUntil } from './moving-tenant.ts'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'
import { makeRecord } from './support/index.ts'

// Without a worker of its own: nobody moves anyone but those who are told to.
const platform = await bootFixtures({
  plugins: ['library'],
  roles: ['web'],
  tenants: [{ slug: 'acme', level: 'shared' }],
  config: { operatorToken: OPERATOR_TOKEN },
})
const acme = platform.tenant('acme')
const { moves, places } = platform.platform.root.cradle
await fill(acme)
afterAll(() => platform.stop())

/** Calls a move back as an operator. */
const callBack = (id: string) => asOperator(platform, 'DELETE', `/moves/${id}`)

/** Everything is as it was: the workspace, what it has, who can use it, and nothing is left where it was going. */
async function expectAsBefore(level: Level, before: Record<string, string>): Promise<void> {
  expect(await acme.home()).toMatchObject({ level })
  expect(await contents(acme)).toEqual(before)
  await makeRecord(acme.admin, 'library.author')
  const home = await acme.home()
  const kept = (await places.all()).filter(({ tenant, state }) => tenant === acme.id && state !== 'retired')
  expect(kept.map(({ database, schema }) => `${database} ${schema}`)).toEqual(
    level === 'shared' ? [] : [`${home.database} ${home.schema}`],
  )
  if (level === 'shared') return
  const left = await platform.database.sql('SELECT 1 FROM shared.library_author WHERE tenant_id = $1', [
    acme.id,
  ])
  expect(left).toEqual([])
}

const other = (level: Level): Level => (level === 'shared' ? 'database' : 'shared')

async function bringTo(level: Level): Promise<void> {
  if ((await acme.home()).level === level) return
  const mover = new Mover(platform.platform.root.cradle)
  mover.start()
  await ended(platform, await order(platform, acme, level))
  await mover.stop()
}

describe.each<Level>(['database', 'schema', 'shared'])('a move to level %s', (target) => {
  test.each(['waiting', 'prepare', 'copy', 'catch-up', 'compare', 'close'])(
    'that is called back at %s leaves everything as it was',
    async (step) => {
      await bringTo(other(target))
      const before = await contents(acme)
      const move = await order(platform, acme, target)
      const answers: Awaited<ReturnType<typeof callBack>>[] = []
      if (step === 'waiting') answers.push(await callBack(move.id))
      const mover = new Mover(platform.platform.root.cradle, async (taken) => {
        if (taken === step && answers.length === 0) answers.push(await callBack(move.id))
      })
      mover.start()
      expect(await ended(platform, move)).toMatchObject({ step: 'cancelled', error: null })
      await mover.stop()
      expect(answers).toMatchObject([{ status: 202, body: { id: move.id, step, endedAt: null } }])
      expect(answers[0]!.body.cancelledAt).not.toBeNull()
      await expectAsBefore(other(target), before)
      // Asked again it answers the same.
      expect(await callBack(move.id)).toMatchObject({ status: 202, body: { step: 'cancelled' } })
    },
    60_000,
  )

  test.each(['switch', 'arrive', 'remove', 'done'])(
    'is not called back at %s, and comes to its end',
    async (step) => {
      await bringTo(other(target))
      const move = await order(platform, acme, target)
      const answers: Awaited<ReturnType<typeof callBack>>[] = []
      const mover = new Mover(platform.platform.root.cradle, async (taken) => {
        if (taken === step) answers.push(await callBack(move.id))
      })
      mover.start()
      expect(await ended(platform, move)).toMatchObject({ step: 'done', cancelledAt: null })
      await mover.stop()
      expect(answers[0]).toMatchObject({ status: 409, body: { code: 'move_too_far' } })
      expect(answers[0]!.body.detail).toBeTruthy()
      expect(await acme.home()).toMatchObject({ level: target })
    },
    60_000,
  )
})

test.each<[string, string, Level]>([
  ['prepare', 'give-up', 'database'],
  ['copy', 'retire', 'database'],
  ['close', 'give-up', 'schema'],
  ['close', 'retire', 'schema'],
  ['close', 'ended', 'database'],
  ['compare', 'give-up', 'shared'],
])(
  'a move whose worker is killed at %s, and the one that undoes it at %s, on the way to %s, is undone by another',
  async (step, undoing, target) => {
    await bringTo(other(target))
    const before = await contents(acme)
    const move = await order(platform, acme, target)
    await workUntil(platform, step)
    expect(await callBack(move.id)).toMatchObject({ status: 202, body: { step } })
    await workUntil(platform, undoing)
    const mover = new Mover(platform.platform.root.cradle)
    mover.start()
    expect(await ended(platform, move)).toMatchObject({ step: 'cancelled', error: null })
    await mover.stop()
    await expectAsBefore(other(target), before)
  },
  120_000,
)

test('a move is undone although its place was dropped before that was written down', async () => {
  await bringTo('shared')
  const before = await contents(acme)
  const move = await order(platform, acme, 'database')
  await workUntil(platform, 'close')
  await callBack(move.id)
  await places.retire(move.target)
  await places.remove(move.target)
  const mover = new Mover(platform.platform.root.cradle)
  mover.start()
  expect(await ended(platform, move)).toMatchObject({ step: 'cancelled', error: null })
  await mover.stop()
  await expectAsBefore('shared', before)
}, 60_000)

test('what is not there is not called back', async () => {
  expect((await callBack('0198a5c2-6c00-7000-8000-000000000002')).status).toBe(404)
  expect((await callBack('x')).status).toBe(404)
})

test('a move is called back by command', async () => {
  await bringTo('shared')
  await order(platform, acme, 'schema')
  const { port } = await platform.listen()
  const command = (...words: string[]) =>
    promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, '../../deploy/operator/move-tenant.mjs'), 'acme', ...words],
      { env: { PLINTH_URL: `http://127.0.0.1:${port}`, PLINTH_OPERATOR_TOKEN: OPERATOR_TOKEN } },
    )
  const mover = new Mover(platform.platform.root.cradle)
  // The worker comes once it is called back: how far it would be by then is not for this test to say.
  const running = command('--cancel')
  await expect.poll(async () => (await moves.latest())[0]!.cancelledAt).not.toBeNull()
  mover.start()
  expect((await running).stdout).toMatch(/^acme: shared main → schema main t_\w+\n[^]*cancelled\n$/)
  await mover.stop()
  await expect(command('--cancel', 'schema')).rejects.toMatchObject({ code: 2 })
}, 60_000)
