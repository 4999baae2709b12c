import { rename, rm, writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { AUDIT_KEY } from '../src/audit/index.ts'
import { BY_ITSELF, entryMac, newId, storeEntry, storeNotes } from '../src/data/index.ts'
import { Mover } from '../src/moving/index.ts'
import { attacked, chainOf, faultsOf, grow, seal, verify } from './audit-chain.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { ended, order } from './moving-tenant.ts'
import { makeRecord } from './support/index.ts'
import { runs } from './support/chance.ts'

// No worker: each block is made when the test says so.
const platform = await bootFixtures({
  roles: ['web'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }, { slug: 'gamma' }, { slug: 'delta' }],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { checkpointsFolder } = platform.platform.root.cradle.config

describe('K-AUD-01: the chain of an audit log', () => {
  test('holds every entry, and is intact', async () => {
    await grow(platform, acme)
    const { intact, faults, blocks, entries, waiting, checkpoint, head } = await verify(platform, acme)
    expect({ intact, faults, waiting }).toEqual({ intact: true, faults: [], waiting: 0 })
    const [count] = await acme.sql<{ count: number }>(
      'SELECT count(*)::int AS count FROM plinth.audit WHERE tenant_id = $1',
      [acme.id],
    )
    expect(entries).toBe(count!.count)
    expect(blocks).toBeGreaterThanOrEqual(3)
    expect(checkpoint?.seq).toBe(head?.seq)
  })

  test('says what waits for its block', async () => {
    await makeRecord(acme.admin, 'library.author')
    expect(await verify(platform, acme)).toMatchObject({ intact: true, waiting: 1 })
    await seal(platform, acme)
    expect(await verify(platform, acme)).toMatchObject({ intact: true, waiting: 0 })
  })

  test('is continued by one worker at a time, whoever comes', async () => {
    for (let entry = 0; entry < 5; entry += 1) await makeRecord(acme.admin, 'library.author')
    await Promise.all(Array.from({ length: 6 }, () => seal(platform, acme)))
    await seal(platform, acme)
    expect(await verify(platform, acme)).toMatchObject({ intact: true, waiting: 0 })
  })

  test('is another one for each workspace', async () => {
    const beta = platform.tenant('beta')
    await grow(platform, beta)
    const [link] = await chainOf(acme)
    const faults = await attacked(platform, beta, () =>
      beta.sql(
        `UPDATE plinth.audit_block b SET entries = o.entries, hash = o.hash FROM plinth.audit_block o
         WHERE b.tenant_id = $1 AND b.seq = 1 AND o.tenant_id = $2 AND o.seq = 1`,
        [beta.id, acme.id],
      ),
    )
    expect(faults).toContain(`entryRemoved 1 ${link!.entries[0]}`)
  })
})

describe('K-AUD-01: an entry that cannot be stored', () => {
  const count = async (): Promise<number> =>
    (await acme.sql<{ count: number }>('SELECT count(*)::int AS count FROM shared.library_author'))[0]!.count

  test.each([
    ['the audit log is away', 'audit'],
    ['nothing can wait for a block', 'audit_pending'],
  ])('refuses the change, where %s', async (_why, table) => {
    const before = await count()
    await acme.sql(`ALTER TABLE plinth.${table} RENAME TO away`)
    try {
      const answer = await acme.admin.post('/library/authors', { name: 'Unseen', email: 'unseen@a.example' })
      expect(answer.status).toBeGreaterThanOrEqual(500)
      const switched = await acme.admin.post('/plugins/library/plan', { action: 'disable' })
      const apply = await acme.admin.post('/plugins/library/apply', {
        action: 'disable',
        hash: switched.body.hash,
      })
      expect(apply.status).toBeGreaterThanOrEqual(500)
    } finally {
      await acme.sql(`ALTER TABLE plinth.away RENAME TO ${table}`)
    }
    expect(await count()).toBe(before)
    expect((await acme.admin.get('/library/authors')).status).toBe(200)
  })

  test('is never one of the application’s making that it could take back', async () => {
    const database = platform.platform.root.cradle.database
    const scope = { tenantId: acme.id }
    for (const text of [
      'UPDATE plinth.audit SET action = action',
      'DELETE FROM plinth.audit',
      'UPDATE plinth.audit_block SET hash = hash',
      'DELETE FROM plinth.audit_block',
    ])
      await expect(database.query(scope, { text }), text).rejects.toMatchObject({ code: '42501' })
  })
})

describe('K-AUD-01: a chain', () => {
  test('begins with the entries from before there was any, and adopts none later', async () => {
    const gamma = platform.tenant('gamma')
    for (let entry = 0; entry < 4; entry += 1) await makeRecord(gamma.admin, 'library.author')
    await gamma.sql('UPDATE plinth.audit SET mac = NULL WHERE tenant_id = $1', [gamma.id])
    await gamma.sql('DELETE FROM plinth.audit_pending WHERE tenant_id = $1', [gamma.id])
    expect(await verify(platform, gamma)).toMatchObject({ intact: true, blocks: 0 })
    await makeRecord(gamma.admin, 'library.author')
    await seal(platform, gamma)
    expect(await verify(platform, gamma)).toMatchObject({ intact: true, blocks: 2, waiting: 0 })
    const [first] = await chainOf(gamma)
    const changed = await attacked(platform, gamma, () =>
      gamma.sql(`UPDATE plinth.audit SET action = 'x' WHERE id = $1`, [first!.entries[0]]),
    )
    expect(changed).toEqual([`entryRewritten 1 ${first!.entries[0]}`])
    const late = await attacked(platform, gamma, async () => {
      await gamma.sql(
        `INSERT INTO plinth.audit (id, tenant_id, at, actor_kind, action, subject_type, subject_id) VALUES ($1, $2, now(), 'system', 'x', 'x', 'x')`,
        [newId(), gamma.id],
      )
      await seal(platform, gamma)
    })
    expect(late).toHaveLength(1)
    expect(late[0]).toMatch(/^entryInserted /)
  })

  test('moves along with its workspace', async () => {
    const delta = platform.tenant('delta')
    await grow(platform, delta, 2)
    await makeRecord(delta.admin, 'library.author')
    const before = await verify(platform, delta)
    const node = await platform.anotherNode()
    const level = (await delta.home()).level === 'schema' ? 'database' : 'schema'
    for (const to of [level, 'database', 'shared'] as const) {
      if ((await delta.home()).level === to) continue
      const worker = new Mover(node.platform.root.cradle)
      worker.start()
      await ended(platform, await order(platform, delta, to))
      await worker.stop()
      expect(await verify(platform, delta)).toEqual(before)
    }
    await seal(platform, delta)
    expect(await verify(platform, delta)).toMatchObject({
      intact: true,
      blocks: before.blocks + 1,
      waiting: 0,
    })
  }, 60_000)

  test('is written down as soon as the folder for it can be written to', async () => {
    const away = `${checkpointsFolder}-away`
    await rename(checkpointsFolder, away)
    await writeFile(checkpointsFolder, 'not a folder')
    const { checkpoints } = platform.platform.root.cradle
    const head = { seq: 1, hash: 'x', at: new Date() }
    await expect(checkpoints.append(new Map([[newId(), head]]))).rejects.toThrow(/EEXIST|ENOTDIR/)
    await rm(checkpointsFolder)
    await rename(away, checkpointsFolder)
    expect(await faultsOf(platform, acme)).toEqual([])
  })
})

test('K-AUD-01: a code is bound to workspace and every part of the entry', () => {
  const { vault } = platform.platform.root.cradle
  const entry = {
    id: newId(),
    at: new Date(),
    actorKind: 'member',
    actorId: newId(),
    action: 'a',
    subjectType: 'b',
    subjectId: 'c',
    before: null,
    after: '{}',
    requestId: null,
    address: null,
    agent: null,
  }
  const mac = (tenantId: string, changed: object): string =>
    entryMac(vault.key(AUDIT_KEY), tenantId, { ...entry, ...changed })
  const others = [
    mac('t', { action: 'ab', subjectType: '' }),
    mac('t', { before: 'null' }),
    mac('t', { before: '{}', after: null }),
    mac('t', { requestId: '' }),
    mac('other', {}),
  ]
  expect(new Set([mac('t', {}), ...others]).size).toBe(others.length + 1)
})

test(
  'K-AUD-01: whatever an entry holds comes back as it was signed, one by one and many together',
  async () => {
    const { database } = platform.platform.root.cradle
    const scope = { tenantId: acme.id }
    // The database has no room for this one character in a text; in JSON it is spelled out.
    const text = fc.string({ unit: 'binary', maxLength: 40 }).map((value) => value.replaceAll('\0', ''))
    const value = fc.option(fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }))
    const entry = fc.record({ subjectId: text, agent: text, before: value, after: value })
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 8 }), async (entries) => {
        const audit = entries.map((values) => ({
          id: newId(),
          at: new Date(),
          actorKind: 'system',
          actorId: null,
          action: 'tried',
          subjectType: 't',
          ...values,
          requestId: null,
        }))
        await database.query(scope, storeNotes(acme.id, { audit, events: [], deliveries: [] })!)
        const event = { type: 'x', time: new Date(), actorId: null, subject: 's', data: {} }
        for (const each of audit)
          await database.query(
            scope,
            storeNotes(acme.id, {
              audit: [{ ...each, id: newId() }],
              events: [{ id: newId(), ...event }],
              deliveries: [],
            })!,
          )
        await seal(platform, acme)
        expect(await faultsOf(platform, acme)).toEqual([])
      }),
      { numRuns: runs(25) },
    )
    const half = { action: 'tried', subjectType: 't', subjectId: 'a\ud800', after: { text: '\udc00\0' } }
    await database.query(scope, storeEntry(acme.id, { ...BY_ITSELF, agent: '\ud800\0' }, half))
    await seal(platform, acme)
    expect(await faultsOf(platform, acme)).toEqual([])
  },
  runs(60_000),
)
