import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openKeyRing } from '../src/crypto/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { TEST_SECRET } from './support/index.ts'

const directory = mkdtempSync(join(tmpdir(), 'plinth-ages-'))
const keyRing = openKeyRing({ directory }, TEST_SECRET)
const platform = await bootFixtures({
  plugins: ['clinic'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }],
  keyRing,
  config: { keyAges: { dataDays: 30, wrappingDays: 90 } },
})
afterAll(async () => {
  await platform.stop()
  rmSync(directory, { recursive: true })
})
const { keyRenewals } = platform.platform.root.cradle
const DOSSIERS = '/clinic/dossiers'
const keysOf = (slug: string) =>
  platform.sql(
    `SELECT purpose, number, kek, state FROM plinth.tenant_key WHERE tenant_id = $1 AND state = 'current' ORDER BY purpose`,
    [platform.tenant(slug).id],
  )

test('a key of the platform’s own ring that is too old is replaced, and every tenant’s keys are put under the next', async () => {
  const made = await Promise.all(
    ['acme', 'beta'].map(async (slug) => {
      const { body } = await platform
        .tenant(slug)
        .admin.post(DOSSIERS, { title: 'D', report: `Report of ${slug}` })
      return { slug, id: body.id as string }
    }),
  )
  const first = keyRing.current
  await keyRenewals.keepYoung()
  expect(keyRing.current).toBe(first)
  await platform.sql(`UPDATE plinth.tenant_key SET wrapped_at = now() - interval '91 days'`)
  await keyRenewals.keepYoung()
  expect(keyRing.current).not.toBe(first)
  for (const { slug, id } of made) {
    expect((await keysOf(slug)).map(({ kek, number }) => [kek, number])).toEqual([
      [keyRing.current, 1],
      [keyRing.current, 1],
    ])
    expect((await platform.tenant(slug).admin.get(`${DOSSIERS}/${id}`)).body.report).toBe(`Report of ${slug}`)
  }
  const second = keyRing.current
  await keyRenewals.keepYoung()
  expect(keyRing.current).toBe(second)
})

test('a data key that is too old is replaced in its own tenant, and nowhere else', async () => {
  await platform.sql(
    `UPDATE plinth.tenant_key SET created_at = now() - interval '31 days' WHERE tenant_id = $1`,
    [platform.tenant('acme').id],
  )
  await keyRenewals.keepYoung()
  expect(await keysOf('acme')).toMatchObject([
    { purpose: 'data', number: 2 },
    { purpose: 'index', number: 1 },
  ])
  expect(await keysOf('beta')).toMatchObject([{ number: 1 }, { number: 1 }])
})
