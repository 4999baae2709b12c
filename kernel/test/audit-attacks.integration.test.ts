import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AUDIT_KEY, sealEntries } from '../src/audit/index.ts'
import { blockHash } from '../src/audit/chain/block.ts'
import { newId } from '../src/data/index.ts'
import { attacked, chainOf, faultsOf, grow, seal, type Link } from './audit-chain.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { makeRecord } from './support/index.ts'

// No worker: each block is made when the test says so.
const platform = await bootFixtures({ roles: ['web'] })
beforeAll(() => grow(platform, platform.tenant('acme')))
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { checkpointsFolder } = platform.platform.root.cradle.config

describe('K-AUD-01: who can rewrite the database is found out', () => {
  let second: Link
  let last: Link
  beforeEach(async () => {
    const chain = await chainOf(acme)
    second = chain[1]!
    last = chain.at(-1)!
  })

  const rewritings: [string, string][] = [
    ['who', 'actor_id = gen_random_uuid()'],
    ['what', `action = 'library.author.deleted'`],
    ['when', `at = at - interval '1 day'`],
    ['the values', `after = '{"name":"Another"}'`],
    ['the notation of the values', `after = (after::text || ' ')::json`],
    ['where from', `address = '203.0.113.9'`],
    ['the code', 'mac = NULL'],
  ]
  test.each(rewritings)('when %s of an entry is rewritten', async (_what, change) => {
    const id = second.entries[1]!
    const faults = await attacked(platform, acme, () =>
      acme.sql(`UPDATE plinth.audit SET ${change} WHERE id = $1`, [id]),
    )
    expect(faults).toEqual([`entryRewritten 2 ${id}`])
  })

  test('when an entry is removed', async () => {
    const id = second.entries[0]!
    const faults = await attacked(platform, acme, () =>
      acme.sql('DELETE FROM plinth.audit WHERE id = $1', [id]),
    )
    expect(faults).toEqual([`entryRemoved 2 ${id}`])
  })

  test('when an entry is removed from its block too', async () => {
    const id = second.entries[0]!
    const faults = await attacked(platform, acme, async () => {
      await acme.sql('DELETE FROM plinth.audit WHERE id = $1', [id])
      await acme.sql('UPDATE plinth.audit_block SET entries = $1 WHERE tenant_id = $2 AND seq = 2', [
        second.entries.slice(1),
        acme.id,
      ])
    })
    expect(faults).toEqual(['blockRewritten 2'])
  })

  const columns = 'tenant_id, at, actor_kind, actor_id, action, subject_type, subject_id, before, after, mac'
  test('when an entry is inserted, with the code of another or with none', async () => {
    for (const mac of ['mac', 'NULL']) {
      const id = newId()
      const faults = await attacked(platform, acme, () =>
        acme.sql(
          `INSERT INTO plinth.audit (id, ${columns}) SELECT $1, ${columns.replace(', mac', `, ${mac}`)} FROM plinth.audit WHERE id = $2`,
          [id, second.entries[0]],
        ),
      )
      expect(faults).toEqual([`entryInserted ${id}`])
    }
  })

  test('when an inserted entry is left to wait for a block, and none takes it', async () => {
    const id = newId()
    const faults = await attacked(platform, acme, async () => {
      await acme.sql(
        `INSERT INTO plinth.audit (id, ${columns}) SELECT $1, ${columns} FROM plinth.audit WHERE id = $2`,
        [id, second.entries[0]],
      )
      await acme.sql('INSERT INTO plinth.audit_pending (tenant_id, id) VALUES ($1, $2)', [acme.id, id])
      await seal(platform, acme)
      await seal(platform, acme)
      expect((await chainOf(acme)).flatMap(({ entries }) => entries)).not.toContain(id)
      const told = await acme.sql(
        `SELECT after FROM plinth.audit WHERE action = 'audit.broken' AND subject_id = $1`,
        [id],
      )
      expect(told).toEqual([{ after: { fault: 'forged' } }])
    })
    expect(faults).toContain(`entryRewritten ${id}`)
  })

  test('when entries are put in another order', async () => {
    const faults = await attacked(platform, acme, () =>
      acme.sql('UPDATE plinth.audit_block SET entries = $1 WHERE tenant_id = $2 AND seq = 2', [
        second.entries.toReversed(),
        acme.id,
      ]),
    )
    expect(faults).toEqual(['blockRewritten 2'])
  })

  test('when blocks are put in another order', async () => {
    const faults = await attacked(platform, acme, () =>
      acme.sql(
        `UPDATE plinth.audit_block b SET entries = o.entries, hash = o.hash, previous = o.previous, at = o.at
         FROM plinth.audit_block o WHERE b.tenant_id = $1 AND o.tenant_id = $1 AND ((b.seq, o.seq) = (2, 3) OR (b.seq, o.seq) = (3, 2))`,
        [acme.id],
      ),
    )
    expect(faults).toContain('blockOutOfOrder 2')
    expect(faults).toContain('blockRewritten 2')
  })

  test('when a block is missing', async () => {
    const faults = await attacked(platform, acme, () =>
      acme.sql('DELETE FROM plinth.audit_block WHERE tenant_id = $1 AND seq = 2', [acme.id]),
    )
    expect(faults[0]).toBe('blockMissing 2')
  })

  test('when the tail is cut off, entries and blocks', async () => {
    const faults = await attacked(platform, acme, async () => {
      await acme.sql('DELETE FROM plinth.audit WHERE id = ANY ($1)', [last.entries])
      await acme.sql('DELETE FROM plinth.audit_block WHERE tenant_id = $1 AND seq = $2', [acme.id, last.seq])
    })
    expect(new Set(faults)).toEqual(new Set([`tailRemoved ${last.seq}`]))
  })

  test('when all is gone', async () => {
    const faults = await attacked(platform, acme, async () => {
      await acme.sql('DELETE FROM plinth.audit WHERE tenant_id = $1', [acme.id])
      await acme.sql('DELETE FROM plinth.audit_block WHERE tenant_id = $1', [acme.id])
    })
    expect(faults[0]).toBe('tailRemoved 1')
  })

  test('when a block is made by someone without the key', async () => {
    const { vault } = platform.platform.root.cradle
    const faults = await attacked(platform, acme, async () => {
      const [block] = await acme.sql<any>(
        'SELECT * FROM plinth.audit_block WHERE tenant_id = $1 AND seq = $2',
        [acme.id, last.seq],
      )
      const entries = last.entries.slice(1)
      const forged = { ...block, seq: last.seq, entries }
      const proofs = await acme.sql<any>('SELECT mac FROM plinth.audit WHERE id = ANY ($1) ORDER BY id', [
        entries,
      ])
      const macs = proofs.map(({ mac }) => mac)
      await acme.sql('DELETE FROM plinth.audit WHERE id = $1', [last.entries[0]])
      await acme.sql(
        'UPDATE plinth.audit_block SET entries = $1, hash = $2 WHERE tenant_id = $3 AND seq = $4',
        [entries, blockHash(vault.key('guessed'), acme.id, forged, macs), acme.id, last.seq],
      )
    })
    expect(faults[0]).toBe(`blockRewritten ${last.seq}`)
  })

  test('when the whole chain is made anew, with the right key', async () => {
    const { vault, database } = platform.platform.root.cradle
    const key = vault.key(AUDIT_KEY)
    const faults = await attacked(platform, acme, async () => {
      const gone = second.entries[0]!
      await acme.sql('DELETE FROM plinth.audit WHERE id = $1', [gone])
      await acme.sql('DELETE FROM plinth.audit_block WHERE tenant_id = $1', [acme.id])
      await acme.sql(
        'INSERT INTO plinth.audit_pending (tenant_id, id) SELECT tenant_id, id FROM plinth.audit WHERE tenant_id = $1',
        [acme.id],
      )
      await sealEntries(database, key, acme.id)
    })
    expect(faults[0]).toBe('chainReplaced 1')
    expect(faults).toContain('tailRemoved 2')
  })

  test('when what waits for a block is made to wait no more', async () => {
    const { id } = await makeRecord(acme.admin, 'library.author')
    const [entry] = await acme.sql<{ id: string }>('SELECT id FROM plinth.audit WHERE subject_id = $1', [id])
    const faults = await attacked(platform, acme, () =>
      acme.sql('DELETE FROM plinth.audit_pending WHERE id = $1', [entry!.id]),
    )
    expect(faults).toEqual([`entryInserted ${entry!.id}`])
    expect(
      await attacked(platform, acme, () => acme.sql('DELETE FROM plinth.audit WHERE id = $1', [entry!.id])),
    ).toEqual([`entryRemoved ${entry!.id}`])
    await seal(platform, acme)
  })

  test('when an entry that has a block is made to wait for another', async () => {
    const id = second.entries[1]!
    const faults = await attacked(platform, acme, async () => {
      await acme.sql('INSERT INTO plinth.audit_pending (tenant_id, id) VALUES ($1, $2)', [acme.id, id])
      await seal(platform, acme)
      expect((await chainOf(acme)).at(-1)).toEqual({ seq: last.seq + 1, entries: [id] })
    })
    expect(faults).toEqual([`entryRepeated ${last.seq + 1} ${id}`])
  })

  test('when checkpoints are written by someone without the key, or cut short', async () => {
    const [name] = await readdir(checkpointsFolder)
    const path = join(checkpointsFolder, name!)
    const kept = await readFile(path, 'utf8')
    const line = { at: new Date().toISOString(), heads: [[acme.id, 1_000, 'x']], signature: 'AAAA' }
    await writeFile(path, `${kept}${JSON.stringify(line)}\n{"at":"2026-01-01","heads":[["${acme.id}"`)
    expect(await faultsOf(platform, acme)).toEqual(['checkpointForged 1000'])
    await writeFile(path, kept)
    expect(await faultsOf(platform, acme)).toEqual([])
  })
})
