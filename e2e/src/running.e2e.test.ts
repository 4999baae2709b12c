import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SessionDocument, ShellDocument } from '@plinth/sdk'
import { Client } from '@plinth/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { launchBrowser } from './browser/index.ts'
import {
  ask,
  embeddedSql,
  isAlive,
  oneJourney,
  PlinthProcess,
  postmasterPid,
  printedAccounts,
  type Account,
} from './platform/index.ts'
import { flaws, Visitor } from './workspace/index.ts'

function signInTo(origin: string, { slug, ...credentials }: Account): Client {
  return new Client({ send: (request) => fetch(request), origin: `${origin}/t/${slug}`, credentials })
}

describe('on a machine of one’s own', () => {
  oneJourney()
  const place = mkdtempSync(join(tmpdir(), 'plinth-e2e-'))
  // Run as root, the database server works as another user, who must be able to enter.
  chmodSync(place, 0o755)
  const directory = join(place, 'data')
  const started: PlinthProcess[] = []
  let plinth: PlinthProcess
  let origin: string
  /** Someone who stays signed in over all that follows. */
  let regular: Client
  let accounts: Account[]

  afterAll(async () => {
    for (const each of started) await each.end()
    rmSync(place, { recursive: true, force: true })
  })

  function start(environment: Readonly<Record<string, string>> = {}): PlinthProcess {
    const begun = new PlinthProcess({ PLINTH_DIRECTORY: directory, PLINTH_PORT: '0', ...environment })
    started.push(begun)
    return begun
  }

  /** Starts it once more and looks that the work of before is still there. */
  async function expectToStartAgain(): Promise<void> {
    plinth = start()
    origin = await plinth.opened()
    const cookie = await regular.cookie()
    const session = await ask(`${origin}/t/${accounts[0]!.slug}/api/v1/session`, { cookie })
    expect(session).toMatchObject({ status: 200, body: { member: { locale: 'en' } } })
  }

  const finished = async (): Promise<number> => {
    const rows = await embeddedSql<{ count: number }>(
      directory,
      `SELECT count(*)::int FROM plinth.tenant WHERE status = 'active'`,
    )
    return rows?.[0]?.count ?? 0
  }

  test('a first start that is killed half way is finished by the next', async () => {
    const first = start()
    while ((await finished()) === 0) await sleep(20)
    await first.killServer()
    const before = await finished()
    expect(before).toBeGreaterThan(0)

    plinth = start()
    origin = await plinth.opened()
    const { tenants } = (await ask(`${origin}/platform/v1/demo`)).body as { tenants: { tier: string }[] }
    expect(before).toBeLessThan(tenants.length)
    expect(await finished()).toBe(tenants.length)
    expect(new Set(tenants.map(({ tier }) => tier))).toEqual(
      new Set(['free', 'professional', 'enterprise', 'custom']),
    )
  })

  test('it prints sign-ins for every workspace, and all of them work', async () => {
    accounts = printedAccounts(plinth.output)
    const demo = (await ask(`${origin}/platform/v1/demo`)).body as { tenants: { slug: string }[] }
    for (const { slug } of demo.tenants)
      expect(accounts.filter((account) => account.slug === slug)).toHaveLength(2)
    for (const account of accounts) {
      const { status, body } = await signInTo(origin, account).get<ShellDocument>('/shell')
      expect(status).toBe(200)
      expect(body.member.email).toBe(account.email)
    }
    regular = signInTo(origin, accounts[0]!)
    const changed = await regular.patch<SessionDocument>('/session', { locale: 'en' })
    expect(changed.body.member.locale).toBe('en')
  })

  test('the browser finds the workspaces and their accounts at the printed address', async () => {
    const browser = await launchBrowser()
    const visitor = await Visitor.arrive(browser, { origin, size: 'narrow' })
    await visitor.open('/')
    const choice = visitor.page.getByRole('main').getByRole('link').first()
    await choice.waitFor()
    visitor.faults.length = 0
    expect(await flaws(visitor)).toEqual([])
    await choice.click()
    await visitor.speak()
    await visitor.page.getByRole('button', { name: accounts[0]!.email }).click()
    await visitor.page.getByRole('button', { name: visitor.words.signIn, exact: true }).click()
    await visitor.ready()
    expect(await flaws(visitor)).toEqual([])
    await browser.close()
  })

  test('a second one on the same directory is turned away, and the first does not notice', async () => {
    const second = start()
    expect((await second.ended).code).not.toBe(0)
    expect(second.output).toContain('another Plinth is running here')
    expect(second.output).toContain('PLINTH_DIRECTORY')
    expect((await regular.get('/session')).status).toBe(200)
  })

  test('Ctrl-C ends all of it, and the next start finds the work of before', async () => {
    const postmaster = postmasterPid(directory)
    expect(isAlive(postmaster)).toBe(true)
    expect(await plinth.interrupt()).toEqual({ code: 0, signal: null })
    // It takes its name off the door just before it goes.
    await expect.poll(() => isAlive(postmaster)).toBe(false)
    await expectToStartAgain()
  })

  test('after the server was killed, the next start recovers', async () => {
    await plinth.killServer()
    await expectToStartAgain()
  })

  test('after the database was killed, the next start recovers', async () => {
    process.kill(postmasterPid(directory), 'SIGKILL')
    await expect.poll(async () => (await ask(`${origin}/healthz/ready`)).status).toBe(503)
    expect((await ask(`${origin}/healthz/live`)).status).toBe(200)
    expect((await plinth.interrupt()).signal).toBe(null)
    await expectToStartAgain()
    expect((await ask(`${origin}/healthz/ready`)).status).toBe(200)
  })
})
