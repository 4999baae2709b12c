import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'

const platform = await bootFixtures({ plugins: ['library'], roles: ['web'] })
const { database } = platform.platform.root.cradle
const { id: tenantId } = platform.tenant('acme')
afterAll(() => platform.stop())

const mark = (key: string) => ({
  text: `INSERT INTO plinth.idempotency (tenant_id, actor, key, operation, body_hash, status, headers) VALUES ($1, 'test', $2, 'POST /', '', 200, '{}')`,
  values: [tenantId, key],
})
const failing = { text: 'SELECT 1/0' }
const marks = async () =>
  (
    await database.query<{ key: string }>(
      { tenantId },
      { text: `SELECT key FROM plinth.idempotency WHERE actor = 'test' ORDER BY key` },
    )
  ).map(({ key }) => key)

test('what waits is committed, in order, though no one asked for an answer', async () => {
  await database.transaction({ tenantId }, async (transaction) => {
    transaction.later(mark('a1'))
    transaction.later({
      text: `INSERT INTO plinth.idempotency (tenant_id, actor, key, operation, body_hash, status, headers)
        SELECT tenant_id, actor, 'a2', operation, body_hash, status, headers FROM plinth.idempotency WHERE key = 'a1'`,
    })
  })
  expect(await marks()).toEqual(['a1', 'a2'])
})

test('one failure takes everything back, even when it was caught', async () => {
  const before = await marks()
  await expect(
    database.transaction({ tenantId }, async (transaction) => {
      transaction.later(mark('b1'))
      await transaction.run(failing).catch(() => undefined)
    }),
  ).rejects.toThrow('rolled back')
  expect(await marks()).toEqual(before)
})

test('a failure reaches everyone whose statement left with it, in the words of its sender', async () => {
  const before = await marks()
  await database
    .transaction({ tenantId }, async (transaction) => {
      transaction.later(mark('c1'))
      transaction.later(failing, { explain: () => new Error('explained') })
      const answers = await Promise.allSettled([
        transaction.run({ text: 'SELECT 1' }),
        transaction.run({ text: 'SELECT 2' }),
      ])
      expect(answers.map((answer) => answer.status === 'rejected' && answer.reason.message)).toEqual([
        'explained',
        'explained',
      ])
    })
    .catch(() => undefined)
  expect(await marks()).toEqual(before)
})

test('an objection to an answer comes before the commit', async () => {
  const before = await marks()
  await expect(
    database.transaction({ tenantId }, async (transaction) => {
      transaction.later(mark('d1'), {
        check: ({ tag }) => {
          throw new Error(`objected to ${tag}`)
        },
      })
    }),
  ).rejects.toThrow('objected to INSERT 0 1')
  expect(await marks()).toEqual(before)
})

test('a part that fails is taken back by itself, sent or not, and so is a part of a part', async () => {
  await database.transaction({ tenantId }, async (transaction) => {
    transaction.later(mark('e1'))
    const refused = transaction.part(async () => {
      transaction.later(mark('e2'))
      await transaction.part(async () => transaction.later(mark('e3')))
      await transaction.run(failing)
    })
    await expect(refused).rejects.toThrow('division by zero')
    const unsent = transaction.part(async () => {
      transaction.later(mark('e4'))
      throw new Error('changed my mind')
    })
    await expect(unsent).rejects.toThrow('changed my mind')
    await transaction.part(async () => {
      transaction.later(mark('e5'))
      await transaction.part(() => transaction.run(failing)).catch(() => undefined)
    })
  })
  expect((await marks()).filter((key) => key.startsWith('e'))).toEqual(['e1', 'e5'])
})

test('who asks nothing takes no connection', async () => {
  const spent = await platform.statements(() =>
    database.transaction({ tenantId }, async () => 'nothing to do'),
  )
  expect(spent).toBe(0)
})

test('two texts under one name are refused before either is sent', async () => {
  await database.query({ tenantId }, { name: 'same', text: 'SELECT 1' })
  await expect(database.query({ tenantId }, { name: 'same', text: 'SELECT 2' })).rejects.toThrow('same')
})
