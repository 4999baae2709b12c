import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { deliverEvent } from '../src/plugins/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { switchOff, switchOn } from './fixtures/switches.ts'
import { spawnPlatform, SwitchFile } from './spawn-platform.ts'
import { makeRecord, type AnyRecord, type TestPlatform } from './support/index.ts'

const platform = await bootFixtures({ plugins: ['lending'], tenants: [{ slug: 'acme' }] })
const { admin } = platform.tenant('acme')
const switches = new SwitchFile()

afterAll(async () => {
  switches.remove()
  await platform.stop()
})
afterEach(() => {
  switchOff('lending-fails')
  switches.set()
})

/** What the subscriber wrote about a book: one entry for each event it was handed. */
async function entriesOf(book: AnyRecord, of: TestPlatform = platform): Promise<number> {
  const [row] = await of.sql<{ count: number }>(
    'SELECT count(*)::int AS count FROM shared.lending_entry WHERE subject = $1',
    [book.id],
  )
  return row!.count
}

async function deliveryOf(book: AnyRecord): Promise<Record<string, any>> {
  const [row] = await platform.sql(
    `SELECT d.*, d.next_at = 'infinity' AS parked, d.done_at IS NOT NULL AS done, d.dead_at IS NOT NULL AS dead FROM plinth.delivery d
     JOIN plinth.outbox o ON o.tenant_id = d.tenant_id AND o.id = d.event_id
     WHERE o.subject = $1 AND o.type = 'library.book.created'`,
    [book.id],
  )
  return row!
}

/** Lets every pause pass at once, forgets what went wrong before, and wakes who is waiting. */
async function passTime(): Promise<void> {
  await platform.sql(
    `UPDATE plinth.delivery SET next_at = now(), error = NULL WHERE done_at IS NULL AND dead_at IS NULL AND next_at < 'infinity'`,
  )
  await platform.platform.root.cradle.bus.publish({ topic: 'events', tenantId: platform.tenant('acme').id })
}

const soon = { timeout: 8_000, interval: 20 }

describe('a subscriber', () => {
  test('is handed an event once its change is committed', async () => {
    const book = await makeRecord(admin, 'library.book')
    await platform.settled()
    expect(await entriesOf(book)).toBe(1)
    await admin.post(`/library/shelf/${book.id}/restock`, { copies: 1 })
    await platform.settled()
    expect(await entriesOf(book)).toBe(2)
    const audit = await admin.get('/audit?subjectType=lending.entry')
    expect(audit.body.items[0]).toMatchObject({ action: 'lending.entry.created', actor: { kind: 'system' } })
  })

  test('hears nothing of what was refused', async () => {
    const book = await makeRecord(admin, 'library.book')
    expect((await admin.post(`/library/shelf/${book.id}/restock`, { copies: 13 })).status).toBe(409)
    await platform.settled()
    expect(await entriesOf(book)).toBe(1)
  })

  test('acts once on each of many events, whichever of two nodes hands it over', async () => {
    const node = await platform.anotherNode()
    const books = await Promise.all(Array.from({ length: 30 }, () => makeRecord(admin, 'library.book')))
    await platform.settled()
    expect(await Promise.all(books.map((book) => entriesOf(book)))).toEqual(books.map(() => 1))
    await node.stop()
  })

  test('acts once, although it is handed the same event three times, twice at the same time', async () => {
    const quiet = await bootFixtures({ plugins: ['lending'], roles: ['web'] })
    const book = await makeRecord(quiet.tenant('acme').admin, 'library.book')
    const [row] = await quiet.sql<{ eventId: string; consumer: string; tenantId: string }>(
      'SELECT tenant_id AS "tenantId", event_id AS "eventId", consumer FROM plinth.delivery',
    )
    const handOver = () => deliverEvent(quiet.platform.root.cradle, row!)
    await Promise.all([handOver(), handOver()])
    await handOver()
    expect(await entriesOf(book, quiet)).toBe(1)
    await quiet.stop()
  })
})

describe('a subscriber that fails', () => {
  test('leaves nothing behind, is asked again, and then acts once', async () => {
    switchOn('lending-fails')
    const book = await makeRecord(admin, 'library.book')
    await expect.poll(async () => (await deliveryOf(book))['error'], soon).toContain('The account is closed')
    expect(await entriesOf(book)).toBe(0)
    const other = await makeRecord(admin, 'library.author')
    expect((await admin.get(`/library/authors/${other.id}`)).status).toBe(200)
    switchOff('lending-fails')
    await passTime()
    await expect.poll(async () => (await deliveryOf(book))['done'], soon).toBe(true)
    expect(await entriesOf(book)).toBe(1)
  })

  test('is given up in the end, with the reason, and does not hold up others', async () => {
    switchOn('lending-fails')
    const book = await makeRecord(admin, 'library.book')
    for (let attempts = 1; attempts <= 8; attempts += 1) {
      if (attempts > 1) await passTime()
      await expect
        .poll(() => deliveryOf(book), soon)
        .toMatchObject({ attempts, dead: attempts === 8, error: expect.stringContaining('closed') })
    }
    switchOff('lending-fails')
    await passTime()
    const next = await makeRecord(admin, 'library.book')
    await expect.poll(async () => (await deliveryOf(next))['done'], soon).toBe(true)
    expect(await deliveryOf(book)).toMatchObject({
      dead: true,
      attempts: 8,
      error: expect.stringContaining('closed'),
    })
    expect(await entriesOf(book)).toBe(0)
  })
})

describe('while its plugin is off', () => {
  test('an event waits for the subscriber, and is handed over when the plugin is on again', async () => {
    const quiet = await bootFixtures({ plugins: ['lending'], roles: ['web'] })
    const acme = quiet.tenant('acme')
    const book = await makeRecord(acme.admin, 'library.book')
    await acme.switch('disable', 'lending')
    const worker = await bootFixtures({
      plugins: ['lending'],
      roles: ['worker'],
      tenants: [],
      database: quiet.database,
    })
    const parked = () =>
      quiet.sql(
        `SELECT 1 FROM plinth.delivery WHERE done_at IS NULL AND next_at > now() + interval '5 minutes'`,
      )
    await expect.poll(parked, soon).toHaveLength(1)
    // What happens while it is off is not kept for it.
    const unheard = await makeRecord(acme.admin, 'library.book')
    await acme.switch('enable', 'lending')
    await expect.poll(() => entriesOf(book, quiet), soon).toBe(1)
    expect(await entriesOf(unheard, quiet)).toBe(0)
    await worker.stop()
    await quiet.stop()
  })
})

describe('while its plugin cannot run', () => {
  test('for a lower tier, an event waits too, and is not lost when the tier is raised again', async () => {
    const quiet = await bootFixtures({ plugins: ['lending'], roles: ['web'] })
    const acme = quiet.tenant('acme')
    const book = await makeRecord(acme.admin, 'library.book')
    await quiet.sql(`UPDATE plinth.tenant SET tier = 'free'`)
    const worker = await bootFixtures({
      plugins: ['lending'],
      roles: ['worker'],
      tenants: [],
      database: quiet.database,
    })
    const open = async () =>
      (
        await quiet.sql(
          `SELECT attempts, next_at < now() + interval '15 minutes' AS again FROM plinth.delivery WHERE done_at IS NULL`,
        )
      )[0]
    // It has been looked at, which counts as no attempt, and will be again.
    const waits = `SELECT 1 FROM plinth.delivery WHERE done_at IS NULL AND next_at > now() + interval '5 minutes'`
    await expect.poll(() => quiet.sql(waits), soon).toHaveLength(1)
    expect(await open()).toEqual({ attempts: 0, again: true })
    await quiet.sql(`UPDATE plinth.tenant SET tier = 'custom'`)
    await quiet.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
    // A worker that has not heard of the tier yet puts it off once more.
    const now = `UPDATE plinth.delivery SET next_at = now() WHERE done_at IS NULL AND next_at > now() + interval '5 minutes'`
    const entries = async () => (await quiet.sql(now)) && entriesOf(book, quiet)
    await expect.poll(entries, soon).toBe(1)
    await worker.stop()
    await quiet.stop()
  })
})

describe('a process that is killed', () => {
  test('loses no event: what it committed and not handed over is handed over after the next start', async () => {
    const home = await bootFixtures({ plugins: ['lending'], roles: ['web'] })
    const environment = { PLINTH_TEST_SWITCHES: switches.path }
    switches.set('lending-hangs')
    const first = await spawnPlatform(home, environment)
    const client = first.admin('acme')
    const inHand = await makeRecord(client, 'library.book')
    const open = (attempts: number) =>
      home.sql('SELECT 1 FROM plinth.delivery WHERE done_at IS NULL AND attempts = $1', [attempts])
    await expect.poll(() => open(1), soon).toHaveLength(1)
    // The subscriber is at work on the first event, so this one is committed and not even claimed.
    const waiting = await makeRecord(client, 'library.book')
    await first.kill()
    expect(await open(0)).toHaveLength(1)
    expect([await entriesOf(inHand, home), await entriesOf(waiting, home)]).toEqual([0, 0])

    switches.set()
    const second = await spawnPlatform(home, environment)
    await expect.poll(() => entriesOf(waiting, home), soon).toBe(1)
    // The claim of the one in hand runs out within a minute.
    const [claim] = await home.sql(
      "SELECT max(next_at) - now() < interval '1 minute' AS soon FROM plinth.delivery WHERE done_at IS NULL",
    )
    expect(claim).toEqual({ soon: true })
    await home.sql('UPDATE plinth.delivery SET next_at = now() WHERE done_at IS NULL')
    await home.platform.root.cradle.bus.publish({ topic: 'events', tenantId: home.tenant('acme').id })
    await expect.poll(() => entriesOf(inHand, home), soon).toBe(1)
    expect(await second.stop()).toBe(0)
    expect([await entriesOf(inHand, home), await entriesOf(waiting, home)]).toEqual([1, 1])
    await home.stop()
  })
})
