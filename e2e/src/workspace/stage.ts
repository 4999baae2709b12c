import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { bootForTest, type BootForTestOptions, type TestPlatform } from '@plinth/testing'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser, type Browser } from '../browser/index.ts'
import { Visitor, type VisitorOptions } from './visitor.ts'

/** The windows and languages in which a journey is tried: each of both at least once. */
export const WINDOWS = [
  { size: 'wide', language: 'de' },
  { size: 'narrow', language: 'en' },
] as const

export interface StageOptions extends BootForTestOptions {
  /** Its public address is that of the browser, as what others send browsers back to has to be. */
  readonly knowsItsAddress?: true
}

/** How often a platform is started that has to know its port before it has it. */
const ATTEMPTS = 5

/** A platform of its own, with a browser before it. */
class Stage {
  #platform: TestPlatform | undefined
  #browser: Browser | undefined
  #port = 0

  get platform(): TestPlatform {
    if (!this.#platform) throw new Error('The platform is there from beforeAll on')
    return this.#platform
  }

  /** Address of a workspace, without trailing slash. */
  originOf(slug: string): string {
    return `http://${slug}.localhost:${this.#port}`
  }

  /** Someone comes to a workspace with a window of their own, and is not signed in yet. */
  visit(slug: string, options: Omit<VisitorOptions, 'origin'> = {}): Promise<Visitor> {
    if (!this.#browser) throw new Error('The browser is there from beforeAll on')
    return Visitor.arrive(this.#browser, { ...options, origin: this.originOf(slug) })
  }

  /** An hour goes by, as far as anybody there has proven who they are. */
  async forgetProofs(slug: string): Promise<void> {
    const tenant = this.platform.tenant(slug)
    await tenant.sql(`UPDATE plinth.session SET proven_at = now() - interval '1 hour'`)
    await this.platform.platform.root.cradle.bus.publish({ topic: 'identity', tenantId: tenant.id })
  }

  async open(options: StageOptions): Promise<void> {
    for (let attempt = 1; this.#port === 0; attempt += 1)
      try {
        await this.#boot(options)
      } catch (error) {
        await this.#platform?.stop()
        this.#platform = undefined
        // Between looking for a port and taking it, somebody else may have taken it.
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt === ATTEMPTS) throw error
      }
    this.#browser = await launchBrowser()
  }

  async #boot({ knowsItsAddress, ...options }: StageOptions): Promise<void> {
    const port = knowsItsAddress ? await freePort() : 0
    const config =
      port === 0 ? options.config : { ...options.config, publicUrl: `http://{tenant}.localhost:${port}` }
    this.#platform = await bootForTest({ ...options, ...(config ? { config } : {}) })
    this.#port = (await this.#platform.listen(port)).port
  }

  async close(): Promise<void> {
    await this.#browser?.close()
    await this.#platform?.stop()
  }
}

/** Gives the tests of a suite a platform and a browser; both go with its last test. */
export function onStage(options: StageOptions): Stage {
  const stage = new Stage()
  beforeAll(() => stage.open(options))
  afterAll(() => stage.close())
  return stage
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
