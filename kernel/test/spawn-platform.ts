import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../src/config/index.ts'
import { Client, TEST_SECRET, type TestPlatform } from './support/index.ts'

/** A platform in a process of its own, as an operator starts it. */
export interface SpawnedPlatform {
  /** The administrator of a workspace, by way of a real socket. */
  admin(slug: string): Client
  /** Ends the process without warning. */
  kill(): Promise<void>
  /** Asks it to end, and answers with its exit code. */
  stop(): Promise<number | null>
}

/** A file with the switches of fixture plugins that such a process looks at. */
export class SwitchFile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'plinth-switches-'))
  readonly path = join(this.#folder, 'switches')

  set(...names: readonly string[]): void {
    writeFileSync(this.path, names.join('\n'))
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true })
  }
}

/** Starts the server on the database of a platform under test, with its plugins. */
export async function spawnPlatform(
  { database, platform }: TestPlatform,
  environment: Readonly<Record<string, string>> = {},
): Promise<SpawnedPlatform> {
  const main = join(import.meta.dirname, '../src/main.ts')
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      PLINTH_SECRET: TEST_SECRET,
      PLINTH_PLUGINS: platform.root.cradle.config.pluginsFolder,
      PLINTH_DEMO: 'false',
      PLINTH_PORT: '0',
      PLINTH_LOG: 'fatal',
      ...serversOf(platform.root.cradle.config),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const origin = await addressOf(child)
  return {
    admin: (slug) =>
      new Client({
        send: fetch,
        origin: `${origin}/t/${slug}`,
        credentials: { email: `admin@${slug}.example`, password: 'correct horse battery staple' },
      }),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    async stop() {
      child.kill('SIGTERM')
      const [code] = (await once(child, 'exit')) as [number | null]
      return code
    },
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const listen = (chunk: Buffer): void => {
      output += chunk.toString()
      const found = /Plinth listens on (http:\S+)/.exec(output)
      if (found) resolve(found[1]!)
    }
    child.stdout!.on('data', listen)
    child.stderr!.on('data', listen)
    child.once('exit', (code) => reject(new Error(`The platform ended with ${code}: ${output}`)))
  })
}

/** The further servers of the platform under test: its workspaces may live on one of them. */
function serversOf({ servers }: Config): Record<string, string> {
  if (servers.size === 0) return {}
  // The address of the main one is DATABASE_URL.
  const known = [...servers].map(([name, { url, ...rest }]) => [
    name,
    name === 'main' ? rest : { url, ...rest },
  ])
  return { PLINTH_SERVERS: JSON.stringify(Object.fromEntries(known)) }
}
