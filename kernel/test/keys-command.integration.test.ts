import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { KeyRing } from '../src/crypto/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { TEST_SECRET } from './support/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'plinth-keys-'))
const file = join(folder, 'keys')
const line = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const FIRST = line('first')
writeFileSync(file, FIRST)
const platform = await bootFixtures({
  plugins: ['clinic'],
  tenants: [{ slug: 'acme' }, { slug: 'beta', level: 'database' }, { slug: 'gone', level: 'schema' }],
  keyRing: KeyRing.fromFile(TEST_SECRET, file),
})
afterAll(async () => {
  await platform.stop()
  rmSync(folder, { recursive: true })
})
/** Each command is a process of its own. */
const SLOW = 120_000
const DOSSIERS = '/clinic/dossiers'

interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** What an operator does in a shell beside the running platform. */
function keys(...words: string[]): Promise<Said> {
  const command = join(import.meta.dirname, '../src/keys.ts')
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: platform.database.url,
    PLINTH_SECRET: TEST_SECRET,
    PLINTH_KEYS_FILE: file,
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...words], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

async function write(slug: string): Promise<{ read: () => Promise<unknown>; id: string }> {
  const { admin } = platform.tenant(slug)
  const made = await admin.post(DOSSIERS, { title: 'T', report: `Report of ${slug}` })
  expect(made.status, made.text).toBe(201)
  const { id } = made.body
  return { id, read: async () => (await admin.get(`${DOSSIERS}/${id}`)).body.report }
}

test(
  'keys are looked at, moved under a new one, and renewed, while the platform runs',
  { timeout: SLOW },
  async () => {
    const [acme, beta] = [await write('acme'), await write('beta')]
    expect((await keys('status', 'acme')).out).toMatch(
      /^acme: 2 keys\n {2}data 1 current under first since \S+\n {2}index 1 current under first since \S+\n$/,
    )
    const made = (await keys('new')).out.trim()
    expect(made).toMatch(/^k\d{8}-[0-9a-f]{4}:[A-Za-z0-9+/]{43}=$/)
    const id = made.split(':')[0]!
    writeFileSync(file, `${made}\n${FIRST}\n`)
    expect((await keys('rewrap')).out).toBe(
      'acme: 2 keys put under the current one\nbeta: 2 keys put under the current one\ngone: 2 keys put under the current one\n',
    )
    // What was not known when the platform started is needed now.
    writeFileSync(file, `${made}\n`)
    for (const { read } of [acme, beta]) expect(await read()).toMatch(/^Report of/)
    expect((await keys('rotate', 'acme')).out).toBe('acme: data key 2 is used from now on\n')
    const status = (await keys('status')).out
    expect(status).toContain(`data 1 old under ${id}`)
    expect(status).toMatch(/renewal to data 2: \d+ (of \d+ )?rows sealed anew/)
    expect(await (await write('acme')).read()).toBe('Report of acme')
    expect(await acme.read()).toBe('Report of acme')
  },
)

test('keys are destroyed only when the workspace is named twice', { timeout: SLOW }, async () => {
  const { id } = await write('gone')
  const { admin } = platform.tenant('gone')
  expect(await keys('destroy', 'gone')).toMatchObject({ code: 2, out: '' })
  expect(await keys('destroy', 'gone', '--confirm', 'acme')).toMatchObject({ code: 2, out: '' })
  expect((await admin.get(`${DOSSIERS}/${id}`)).status).toBe(200)
  expect((await keys('destroy', 'gone', '--confirm', 'gone')).out).toBe('gone: keys destroyed\n')
  await expect
    .poll(async () => (await admin.get(`${DOSSIERS}/${id}`)).body)
    .toMatchObject({ report: null, _unreadable: ['/report'] })
  const { read } = await write('acme')
  expect(await read()).toBe('Report of acme')
})

test('what cannot be done is said, and never with a key', { timeout: SLOW }, async () => {
  const help = await keys()
  expect(help.code).toBe(2)
  expect(help.err).toContain('keys rewrap')
  expect(await keys('rotate', 'nowhere')).toMatchObject({
    code: 1,
    err: 'There is no workspace "nowhere".\n',
  })
  // The only key there is opens nothing of what is stored.
  const stranger = line('stranger')
  writeFileSync(file, stranger)
  const refused = await keys('rewrap')
  expect(refused.code).toBe(1)
  expect(refused.err).toMatch(/^acme: The key ring has no key "k\d{8}-[0-9a-f]{4}"$/m)
  writeFileSync(file, 'hunter2')
  const faulty = await keys('status')
  expect(faulty.code).toBe(1)
  expect(faulty.err).toBe('Key 1 of the key ring is not "<id>:<32 bytes in base64>"\n')
  for (const { out, err } of [refused, faulty])
    for (const secret of [stranger.split(':')[1]!, 'hunter2']) expect(out + err).not.toContain(secret)
})
