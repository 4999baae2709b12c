import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { seal } from './audit-chain.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { makeRecord, TEST_SECRET } from './support/index.ts'

const platform = await bootFixtures({
  roles: ['web'],
  tenants: [{ slug: 'acme' }, { slug: 'beta', level: 'database' }],
})
afterAll(() => platform.stop())

/** What an operator does in a shell beside the running platform. */
function audit(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: platform.database.url,
    PLINTH_SECRET: TEST_SECRET,
    PLINTH_CHECKPOINTS: platform.platform.root.cradle.config.checkpointsFolder,
  }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, '../src/verify-audit.ts'), ...words],
      { env },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

test('K-AUD-01: the command verifies all workspaces, wherever they live, and names what is wrong', async () => {
  const beta = platform.tenant('beta')
  for (const slug of ['acme', 'beta']) {
    await makeRecord(platform.tenant(slug).admin, 'library.author')
    await seal(platform, platform.tenant(slug))
  }
  const sound = await audit('verify')
  expect(sound, sound.err).toMatchObject({ code: 0 })
  expect(sound.out).toMatch(/^acme: intact \(\d+ entries in 1 blocks, 0 waiting; checkpoint at block 1 of /m)
  expect(sound.out).toMatch(/^beta: intact /m)
  const [entry] = await beta.sql<{ id: string }>(
    `UPDATE plinth.audit SET action = 'library.author.deleted' WHERE tenant_id = $1 AND action = 'library.author.created' RETURNING id`,
    [beta.id],
  )
  const broken = await audit('verify', '--tenant', 'beta')
  expect(broken.code).toBe(1)
  expect(broken.out).toContain('beta: BROKEN')
  expect(broken.out).toContain(`entry ${entry!.id} of block 1 is not as it was written`)
  expect(broken.out).not.toContain('acme')
}, 120_000)

test('the command says how it is used, and prints the key that checkpoints are signed for', async () => {
  const nothing = await audit()
  expect(nothing.code).toBe(2)
  expect(nothing.err).toContain('audit verify [--tenant <workspace>]')
  expect((await audit('verify', '--all')).code).toBe(1)
  expect((await audit('verify', '--tenant', 'nobody')).err).toContain('There is no workspace "nobody"')
  const key = await audit('key')
  expect(key.out).toBe(platform.platform.root.cradle.checkpoints.publicKey)
}, 120_000)
