import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  EmbeddedPostgresError,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from './index.ts'

let directory: string
let said: string[]
const log = {
  info: (message: string) => void said.push(message),
  warn: (message: string) => void said.push(message),
}
const started: EmbeddedPostgres[] = []
const children: ChildProcess[] = []

beforeEach(() => {
  said = []
  directory = mkdtempSync(join(tmpdir(), 'plinth test '))
  // The server's own user must be able to enter it.
  chmodSync(directory, 0o755)
})

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  for (const server of started.splice(0)) await server.stop()
  await removeEmbeddedPostgres({ directory, log })
  rmSync(directory, { recursive: true, force: true })
})

async function start({ durable = false } = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory, log, durable })
  started.push(server)
  return server
}

async function query(server: { adminUrl: string }, text: string): Promise<string> {
  const client = new Client({ connectionString: server.adminUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ value: unknown }>(text)
    return String(rows[0]?.value)
  } finally {
    await client.end()
  }
}

/** A Plinth of its own: starts the server in another process and reports its address. */
async function startInChild(): Promise<{ child: ChildProcess; adminUrl: string }> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../test/serve-postgres.ts'), directory],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  children.push(child)
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, adminUrl: chunk.toString().trim() }
}

const postmasterPid = () =>
  Number.parseInt(readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8'), 10)

const refusal = async (attempt: Promise<unknown>) => {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(EmbeddedPostgresError)
  return error as EmbeddedPostgresError
}

test('a first start makes a UTF-8 database that only a password over the loopback address opens', async () => {
  const server = await start()
  expect(await query(server, "select current_setting('server_encoding') as value")).toBe('UTF8')
  expect(await query(server, "select current_setting('listen_addresses') as value")).toBe('127.0.0.1')
  expect(await query(server, "select current_setting('unix_socket_directories') as value")).toBe('')
  expect(
    await query(
      server,
      "select format('%s %s', datlocprovider, datlocale) as value from pg_database where datname = 'postgres'",
    ),
  ).toBe('b C.UTF-8')
  expect(
    Number(await query(server, "select current_setting('max_connections') as value")),
  ).toBeGreaterThanOrEqual(200)
  expect(statSync(join(directory, 'postgres.json')).mode & 0o777).toBe(0o600)
  const stranger = new URL(server.adminUrl)
  stranger.password = 'guess'
  await expect(query({ adminUrl: String(stranger) }, 'select 1')).rejects.toThrow(
    'password authentication failed',
  )
})

test('a warm start keeps data, password and port', async () => {
  const first = await start()
  await query(first, 'create table kept as select 42 as value')
  await first.stop()
  const second = await start()
  expect(second.adminUrl).toBe(first.adminUrl)
  expect(await query(second, 'select value from kept')).toBe('42')
})

test('with durable left out nothing that protects the data is switched off', async () => {
  const server = await startEmbeddedPostgres({ directory, log })
  started.push(server)
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    expect(await query(server, `select current_setting('${name}') as value`)).toBe('on')
  }
})

test('after the database server is killed the next start recovers what was committed', async () => {
  const first = await start({ durable: true })
  await query(first, 'create table kept as select 42 as value')
  process.kill(postmasterPid(), 'SIGKILL')
  await first.stop()
  const second = await start()
  expect(await query(second, 'select value from kept')).toBe('42')
  expect(said).toContainEqual(expect.stringContaining('was killed'))
})

test('after Plinth is killed the next start ends the orphaned server and its open transactions', async () => {
  const { child, adminUrl } = await startInChild()
  await query({ adminUrl }, 'create table kept as select 42 as value')
  const orphan = postmasterPid()
  const busy = new Client({ connectionString: adminUrl })
  busy.on('error', () => undefined)
  const lost = new Promise((resolve) => busy.once('end', resolve))
  await busy.connect()
  await busy.query('begin')
  await busy.query('lock table kept')
  child.kill('SIGKILL')
  await once(child, 'exit')
  process.kill(orphan, 0)

  const server = await start()
  await lost
  expect(postmasterPid()).not.toBe(orphan)
  expect(await query(server, 'select value from kept')).toBe('42')
  expect(said).toContainEqual(expect.stringContaining('still running'))
})

test('after Plinth and its database server are killed together the next start recovers', async () => {
  const { child, adminUrl } = await startInChild()
  await query({ adminUrl }, 'create table kept as select 42 as value')
  process.kill(postmasterPid(), 'SIGKILL')
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await query(await start(), 'select value from kept')).toBe('42')
})

test('a second Plinth on the same directory is told which process runs there, and harms nothing', async () => {
  const { child, adminUrl } = await startInChild()
  const error = await refusal(start())
  expect(error.code).toBe('already_running')
  expect(error.message).toContain(`another Plinth is running here (pid ${child.pid},`)
  expect(await query({ adminUrl }, 'select 1 as value')).toBe('1')
})

test('a stopped Plinth gives its directory free, and stopping twice is harmless', async () => {
  const server = await start()
  await Promise.all([server.stop(), server.stop()])
  await expect(query(server, 'select 1')).rejects.toThrow('ECONNREFUSED')
  expect(await query(await start(), 'select 1 as value')).toBe('1')
})

test('a lock whose process id now belongs to another program does not block', async () => {
  writeFileSync(
    join(directory, 'plinth.lock'),
    JSON.stringify({ pid: process.ppid, start: 'another boot:1' }),
  )
  expect(await query(await start(), 'select 1 as value')).toBe('1')
})

test('a server lock file whose process id now belongs to another program does not block', async () => {
  const first = await start()
  await first.stop()
  const stranger = spawn('sleep', ['60'], { uid: statSync(join(directory, 'postgres')).uid, cwd: '/' })
  children.push(stranger)
  writeFileSync(
    join(directory, 'postgres', 'postmaster.pid'),
    `${stranger.pid}\n${directory}/postgres\n1\n1\n\n127.0.0.1\n`,
  )
  expect(await query(await start(), 'select 1 as value')).toBe('1')
  expect(stranger.exitCode).toBeNull()
})

test('another program on the kept port makes the server move to a free one', async () => {
  const first = await start()
  await first.stop()
  const port = Number(new URL(first.adminUrl).port)
  const occupant = createServer().listen(port, '127.0.0.1')
  await once(occupant, 'listening')
  const second = await start()
  occupant.close()
  expect(new URL(second.adminUrl).port).not.toBe(String(port))
  expect(await query(second, 'select 1 as value')).toBe('1')
})

test('data whose password was lost is set aside, not deleted', async () => {
  await (await start()).stop()
  rmSync(join(directory, 'postgres.json'))
  expect(await query(await start(), 'select 1 as value')).toBe('1')
  const aside = said.find((line) => line.includes('was moved to'))?.match(/moved to (.*)\.$/)?.[1] ?? ''
  expect(statSync(join(aside, 'PG_VERSION')).size).toBeGreaterThan(0)
})

test('data of another major version is refused by name', async () => {
  await (await start()).stop()
  const version = join(directory, 'postgres', 'PG_VERSION')
  writeFileSync(version, '17\n')
  const error = await refusal(start())
  expect(error.code).toBe('data_unusable')
  expect(error.message).toContain('PostgreSQL 17')
})

test('an interrupted first start is begun again', async () => {
  mkdirSync(join(directory, 'postgres.new'))
  writeFileSync(join(directory, 'postgres.new', 'half'), '')
  expect(await query(await start(), 'select 1 as value')).toBe('1')
})

test.runIf(process.getuid?.() === 0)(
  'started as root below a closed folder it keeps its data elsewhere and says so',
  async () => {
    chmodSync(directory, 0o700)
    const first = await start()
    await query(first, 'create table kept as select 42 as value')
    await first.stop()
    expect(said).toContainEqual(
      expect.stringMatching(/cannot reach .*; the database is kept in \/var\/tmp\/plinth-[0-9a-f]{12}\./),
    )
    expect(await query(await start(), 'select value from kept')).toBe('42')
  },
)

test('a moved directory takes its data along', async () => {
  const first = await start()
  await query(first, 'create table kept as select 42 as value')
  await first.stop()
  const moved = `${directory} moved`
  renameSync(directory, moved)
  directory = moved
  expect(await query(await start(), 'select value from kept')).toBe('42')
})
