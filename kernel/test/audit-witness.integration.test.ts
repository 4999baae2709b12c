import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { BY_ITSELF, newId, storeEntry, storeNotes } from '../src/data/index.ts'
import { attacked, chainOf, faultsOf, seal, verify } from './audit-chain.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { spawnPlatform } from './spawn-platform.ts'
import { makeRecord, type TestTenant } from './support/index.ts'

// No worker: each block is made when the test says so. What the log of the node says is read along.
const lines: string[] = []
const platform = await bootFixtures({
  roles: ['web'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }, { slug: 'gamma' }],
  logLevel: 'warn',
  logTo: (line) => lines.push(line),
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { witness, database, config } = platform.platform.root.cradle
const scope = { tenantId: acme.id }

/** The entry about the creation of a record that is just made. */
async function fresh(tenant: TestTenant = acme): Promise<string> {
  const { id } = await makeRecord(tenant.admin, 'library.author')
  const [entry] = await tenant.sql<{ id: string }>('SELECT id FROM plinth.audit WHERE subject_id = $1', [id])
  return entry!.id
}
const remove = async (table: 'audit' | 'audit_pending', id: string): Promise<unknown> =>
  acme.sql(`DELETE FROM plinth.${table} WHERE id = $1`, [id])
const told = async (id: string, tenant: TestTenant = acme): Promise<string[]> => {
  const rows = await tenant.sql<{ fault: string }>(
    `SELECT after->>'fault' AS fault FROM plinth.audit WHERE action = 'audit.broken' AND subject_id = $1`,
    [id],
  )
  return rows.map(({ fault }) => fault)
}
const alarms = (): string[] => lines.filter((line) => line.includes('not as it was signed'))

describe('K-AUD-01: an entry that is in no block yet', () => {
  beforeEach(async () => {
    await seal(platform, acme)
    await witness.look()
    lines.length = 0
  })

  test('is missed when it is removed together with what waits for the block', async () => {
    const id = await fresh()
    await remove('audit', id)
    await remove('audit_pending', id)
    // The chain alone knows nothing of it.
    expect(await faultsOf(platform, acme)).toEqual([])
    await witness.look()
    expect(await told(id)).toEqual(['missing'])
    expect(alarms()).toHaveLength(1)
    expect(alarms()[0]).toContain(id)
    expect(await faultsOf(platform, acme)).toContain(`entryRemoved ${id}`)
  })

  test('stays missed when every trace of that is removed too', async () => {
    const id = await fresh()
    await remove('audit', id)
    await remove('audit_pending', id)
    await witness.look()
    await seal(platform, acme)
    await remove('audit_pending', id)
    expect(await faultsOf(platform, acme)).toContain(`entryRemoved ${id}`)
    // The entry that tells of it is in a block, and before that it is watched like any other.
    const [entry] = await acme.sql<{ id: string }>(
      `SELECT id FROM plinth.audit WHERE action = 'audit.broken' AND subject_id = $1`,
      [id],
    )
    expect((await chainOf(acme)).flatMap(({ entries }) => entries)).toContain(entry!.id)
  })

  test('waits for its block again when it was made to wait no more', async () => {
    const id = await fresh()
    await remove('audit_pending', id)
    await witness.look()
    expect(await told(id)).toEqual(['unmarked'])
    await seal(platform, acme)
    expect((await chainOf(acme)).at(-1)!.entries).toContain(id)
  })

  test('is missed when it was said to be at fault, so that nobody looks, and then removed', async () => {
    const id = await fresh()
    await acme.sql(`UPDATE plinth.audit_pending SET fault = 'forged' WHERE id = $1`, [id])
    await witness.look()
    expect(await told(id)).toEqual(['forged'])
    await remove('audit', id)
    await remove('audit_pending', id)
    expect(await faultsOf(platform, acme)).toContain(`entryRewritten ${id}`)
  })

  test('is found rewritten for good, whatever is removed afterwards', async () => {
    const id = await fresh()
    await acme.sql(`UPDATE plinth.audit SET action = 'library.author.deleted' WHERE id = $1`, [id])
    await seal(platform, acme)
    await seal(platform, acme)
    await witness.look()
    // Once is enough.
    expect(await told(id)).toEqual(['forged'])
    await remove('audit', id)
    await remove('audit_pending', id)
    expect(await faultsOf(platform, acme)).toContain(`entryRewritten ${id}`)
  })

  test('is missed by nobody when it was taken back, with the change or with a part of it', async () => {
    const { body } = await acme.admin.post('/library/authors', { name: 'A', email: 'twice@a.example' })
    const again = await acme.admin.post('/library/authors', { name: 'B', email: 'twice@a.example' })
    expect(again.status).toBe(409)
    const entry = (subjectId: string) =>
      storeEntry(acme.id, BY_ITSELF, { action: 'tried', subjectType: 't', subjectId })
    await expect(
      database.transaction(scope, async (transaction) => {
        await transaction.run(entry('whole'))
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    await database.transaction(scope, async (transaction) => {
      transaction.later(entry('before'))
      for (const text of ['SELECT 1', 'SELECT 1/0'])
        await transaction
          .part(async () => {
            transaction.later(entry('part'))
            await transaction.run({ text })
            throw new Error('not this part')
          })
          .catch(() => undefined)
      await transaction.run(entry('after'))
    })
    await witness.look()
    expect(alarms()).toEqual([])
    const kept = await acme.sql<{ id: string; subject_id: string }>(
      `SELECT id, subject_id FROM plinth.audit WHERE action = 'tried' ORDER BY id`,
    )
    expect(kept.map(({ subject_id }) => subject_id)).toEqual(['before', 'after'])
    // Those around the part are watched all the same.
    for (const { id } of kept) {
      await remove('audit', id)
      await remove('audit_pending', id)
    }
    await witness.look()
    expect(alarms()).toHaveLength(2)
    expect(body.id).toBeDefined()
  })

  test('is watched until its block is there, however long that takes, and no longer', async () => {
    const id = await fresh()
    await witness.look()
    await witness.look()
    expect(alarms()).toEqual([])
    await seal(platform, acme)
    await witness.look()
    const faults = await attacked(platform, acme, async () => {
      await remove('audit', id)
      await witness.look()
    })
    // From then on the chain tells.
    expect(faults).toEqual(expect.arrayContaining([expect.stringMatching(`entryRemoved \\d+ ${id}`)]))
    expect(alarms()).toEqual([])
  })

  test('is found in its block also when many were made since', async () => {
    const id = await fresh()
    await seal(platform, acme)
    for (let block = 0; block < 62; block += 1) {
      await database.query(
        scope,
        storeEntry(acme.id, BY_ITSELF, { action: 'tried', subjectType: 't', subjectId: 'x' }),
      )
      await seal(platform, acme)
    }
    await witness.look()
    expect(alarms()).toEqual([])
    expect(await told(id)).toEqual([])
  })
})

test('K-AUD-01: a node that is killed leaves entries that get their block, and raises no alarm', async () => {
  const beta = platform.tenant('beta')
  const node = await spawnPlatform(platform, {
    PLINTH_ROLES: 'web',
    PLINTH_CHECKPOINTS: config.checkpointsFolder,
  })
  try {
    expect((await node.admin('beta').post('/library/authors', { name: 'Left behind' })).status).toBe(201)
  } finally {
    await node.kill()
  }
  await witness.look()
  expect(await verify(platform, beta)).toMatchObject({ intact: true })
  await seal(platform, beta)
  await witness.look()
  expect(await verify(platform, beta)).toMatchObject({ intact: true, waiting: 0 })
}, 60_000)

describe('K-AUD-01: a log with much in it', () => {
  const gamma = platform.tenant('gamma')
  const store = (count: number, text: string) =>
    database.query(
      { tenantId: gamma.id },
      storeNotes(gamma.id, {
        audit: Array.from({ length: count }, () => ({
          id: newId(),
          at: new Date(),
          actorKind: 'system',
          actorId: null,
          action: 'tried',
          subjectType: 't',
          subjectId: 's',
          before: null,
          after: { text },
          requestId: null,
        })),
        events: [],
        deliveries: [],
      })!,
    )

  test('has blocks of no more than a worker can hold, and is verified all the same', async () => {
    await seal(platform, gamma)
    const before = (await chainOf(gamma)).length
    await store(20, 'x'.repeat(1_000_000))
    await seal(platform, gamma)
    const sizes = (await chainOf(gamma)).slice(before).map(({ entries }) => entries.length)
    expect(sizes).toEqual([8, 8, 4])
    expect(await verify(platform, gamma)).toMatchObject({ intact: true, waiting: 0 })
  })

  test('is listed in pages a node can hold, and saved as a whole', async () => {
    const seen: string[] = []
    for (let [more, before] = [true, '']; more; before = `&before=${seen.at(-1)}`) {
      const { status, body, text } = await gamma.admin.get(`/audit?action=tried${before}`)
      expect(status, text.slice(0, 200)).toBe(200)
      expect(body.items.length).toBeLessThan(10)
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      more = body.more
    }
    expect(new Set(seen).size).toBe(20)
    const { text } = await gamma.admin.get('/audit/export?format=json&action=tried')
    expect(JSON.parse(text).map(({ id }: { id: string }) => id)).toEqual(seen)
  })

  test('is looked at to its end, however many entries wait', async () => {
    await seal(platform, gamma)
    for (let n = 0; n < 3; n += 1) await store(3_500, '')
    expect(await verify(platform, gamma)).toMatchObject({ intact: true, waiting: 10_500 })
    const id = newId()
    const faults = await attacked(platform, gamma, () =>
      gamma.sql(
        `INSERT INTO plinth.audit (id, tenant_id, at, actor_kind, action, subject_type, subject_id) VALUES ($1, $2, now(), 'system', 'x', 'x', 'x')`,
        [id, gamma.id],
      ),
    )
    expect(faults).toEqual([`entryInserted ${id}`])
  }, 60_000)
})

test('K-AUD-01: a checkpoint is not lost because the line before it was cut short', async () => {
  const [name] = await readdir(config.checkpointsFolder)
  const path = join(config.checkpointsFolder, name!)
  await writeFile(path, `${await readFile(path, 'utf8')}{"at":"2026-11-22T`)
  const before = (await verify(platform, acme)).checkpoints
  await fresh()
  await seal(platform, acme)
  const { checkpoints, checkpoint, head } = await verify(platform, acme)
  expect(checkpoints).toBe(before + 1)
  expect(checkpoint!.seq).toBe(head!.seq)
})
