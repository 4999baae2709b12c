import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { boot, FenceMissing, type Platform } from './boot.ts'
import { createLog } from './log.ts'
import { ConfigError, loadConfig, type Config } from './config/index.ts'
import { KeyRingError, openKeyRing } from './crypto/index.ts'
import { printWelcome } from './demo/index.ts'
import { EmbeddedPostgresError, startEmbeddedPostgres } from './postgres/index.ts'

const ROOT = join(import.meta.dirname, '..', '..')

try {
  await run(loadConfig(process.env, ROOT))
} catch (error) {
  const expected =
    error instanceof ConfigError ||
    error instanceof KeyRingError ||
    error instanceof EmbeddedPostgresError ||
    error instanceof FenceMissing ||
    (error as { code?: string }).code === 'EADDRINUSE'
  process.stderr.write(`${expected ? explain(error as Error) : ((error as Error).stack ?? String(error))}\n`)
  process.exitCode = 1
}

async function run(config: Config): Promise<void> {
  const log = createLog(config)
  const stops: (() => Promise<void>)[] = []
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.toReversed())
      await stop().catch((error: unknown) => log.error({ err: error }, 'shutdown'))
    stops.length = 0
  }
  const started = start(config, stops, log)
  // npm passes on a signal that the terminal has already sent: the second one must not cut the first one's work short.
  let stopping: Promise<void> | undefined
  const onSignal = (): void => {
    // What is being started can only be stopped once it stands; a database that never answers is not waited for.
    stopping ??= Promise.race([started.catch(() => undefined), sleep(5_000)])
      .then(stopAll)
      .then(() => process.exit(process.exitCode ?? 0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  try {
    await started
  } catch (error) {
    await stopAll()
    throw error
  }
}

/** Starts one part after the other and adds to `stops` how each is stopped. */
async function start(
  config: Config,
  stops: (() => Promise<void>)[],
  log: ReturnType<typeof createLog>,
): Promise<void> {
  const { adminUrl, secret } =
    config.databaseUrl === undefined
      ? await embedded(config, stops, log)
      : { adminUrl: config.databaseUrl, secret: config.secret! }
  const { keys, keysFile, directory } = config
  const own = config.databaseUrl === undefined ? { directory } : {}
  const keyRing = openKeyRing({ keys, keysFile, ...own }, secret)
  const platform = await boot({ config, adminUrl, secret, log, keyRing })
  stops.push(() => platform.stop())
  if (config.roles.has('web')) stops.push(await listen(platform, config))
}

async function embedded(
  config: Config,
  stops: (() => Promise<void>)[],
  log: ReturnType<typeof createLog>,
): Promise<{ adminUrl: string; secret: string }> {
  const server = await startEmbeddedPostgres({
    directory: config.directory,
    log: {
      info: (message, data) => log.info({ data }, message),
      warn: (message, data) => log.warn({ data }, message),
    },
  })
  stops.push(() => server.stop())
  return { adminUrl: server.adminUrl, secret: config.secret ?? ownSecret(config.directory) }
}

/** The secret of an installation without configuration: made once, readable by its owner only. */
function ownSecret(directory: string): string {
  const file = join(directory, 'secret')
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true })
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8').trim()
}

function listen(platform: Platform, config: Config): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: platform.app.fetch, port: config.port, hostname: config.host },
      (address) => {
        if (config.demo) printWelcome(address.port)
        else process.stdout.write(`Plinth listens on http://${config.host}:${address.port}\n`)
        resolve(
          () =>
            new Promise<void>((done) => {
              server.close(() => done())
              // Event streams never end by themselves.
              if ('closeAllConnections' in server)
                setTimeout(() => server.closeAllConnections(), 1_000).unref()
            }),
        )
      },
    )
    server.once('error', reject)
  })
}

function explain(error: Error & { code?: string; port?: number }): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${error.port} is in use. Is another Plinth running? Set PLINTH_PORT to another port.`
  return error.message
}
