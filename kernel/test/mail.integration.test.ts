import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { SealBroken } from '../src/crypto/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { Mailbox } from './support/mailbox.ts'

const mailbox = await Mailbox.open()
const lines: string[] = []
const platform = await bootFixtures({
  plugins: ['billboard'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
  config: { smtpUrl: mailbox.url, mailFrom: 'Plinth <no-reply@plinth.example>' },
  logTo: (line) => lines.push(line),
  logLevel: 'debug',
})
afterAll(async () => {
  await platform.stop()
  await mailbox.close()
})
afterEach(() => {
  mailbox.refuse = undefined
})

const { database, mail } = platform.platform.root.cradle
const acme = platform.tenant('acme')
const code = { workspace: 'Acme', code: '493817', minutes: 10 }
const letter = (to: string) => ({ to, locale: 'de', template: 'sign-in-code', values: code }) as const

async function send(to: string, { wake = true } = {}): Promise<void> {
  await database.transaction({ tenantId: acme.id }, async (transaction) => {
    transaction.later(mail.queue(acme.id, letter(to)))
  })
  if (wake) await mail.wake(acme.id)
}

const rows = () =>
  acme.sql<{
    sealed: Buffer | null
    attempts: number
    error: string | null
    sent_at: Date | null
    dead_at: Date | null
  }>('SELECT * FROM plinth.mail WHERE tenant_id = $1 ORDER BY id', [acme.id])
const newest = async () => (await rows()).at(-1)!

/** Lets the letter that waits for its next try have it now. */
async function hurry(): Promise<void> {
  await acme.sql('UPDATE plinth.mail SET next_at = now() WHERE sent_at IS NULL AND dead_at IS NULL')
  await mail.wake(acme.id)
}

describe('a letter', () => {
  test('arrives at its reader, in their language, and nothing of it stays', async () => {
    await send('jana@acme.example')
    await expect.poll(() => mailbox.for('jana@acme.example').length).toBe(1)
    const [{ mail: received, to }] = mailbox.for('jana@acme.example') as [(typeof mailbox.received)[0]]
    expect(to).toEqual(['jana@acme.example'])
    expect(received.subject).toBe('Ihr Code für Acme')
    expect(received.from).toMatchObject({ address: 'no-reply@plinth.example', name: 'Plinth' })
    expect(received.text).toContain('493817')
    expect(received.html).toContain('493817')
    expect(received.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
    await expect.poll(newest).toMatchObject({ sealed: null, error: null, sent_at: expect.any(Date) })
  })

  test('lies sealed until it is sent', async () => {
    mailbox.refuse = () => 451
    await send('waiting@acme.example')
    await expect.poll(newest).toMatchObject({ attempts: 1, error: expect.stringContaining('451') })
    const { sealed } = await newest()
    expect(sealed).toBeInstanceOf(Buffer)
    for (const secret of ['493817', 'waiting@acme.example', 'Acme'])
      expect(sealed!.includes(Buffer.from(secret))).toBe(false)
    mailbox.refuse = undefined
    await hurry()
    await expect.poll(() => mailbox.for('waiting@acme.example').length).toBe(1)
  })

  test('of a change that is taken back is never sent', async () => {
    const before = (await rows()).length
    await database
      .transaction({ tenantId: acme.id }, async (transaction) => {
        await transaction.run(mail.queue(acme.id, letter('never@acme.example')))
        throw new Error('taken back')
      })
      .catch(() => undefined)
    await mail.wake(acme.id)
    await send('after@acme.example')
    await expect.poll(() => mailbox.for('after@acme.example').length).toBe(1)
    expect((await rows()).length).toBe(before + 1)
    expect(mailbox.for('never@acme.example')).toEqual([])
  })

  test('is tried three times, then given up, and its content removed', async () => {
    mailbox.refuse = () => 451
    const before = mailbox.attempts
    await send('unlucky@acme.example')
    for (const attempts of [1, 2]) {
      await expect.poll(newest).toMatchObject({ attempts, error: 'EMESSAGE 451', dead_at: null })
      await hurry()
    }
    await expect
      .poll(newest)
      .toMatchObject({ attempts: 3, error: 'EMESSAGE 451', dead_at: expect.any(Date), sealed: null })
    expect(mailbox.attempts - before).toBe(3)
    expect(mailbox.for('unlucky@acme.example')).toEqual([])
  })

  test('that the server refuses for good is not tried again', async () => {
    mailbox.refuse = () => 550
    await send('unwanted@acme.example')
    await expect.poll(newest).toMatchObject({ attempts: 1, dead_at: expect.any(Date), sealed: null })
  })

  test('whose worker died is taken up by another, and given up when they all die', async () => {
    await send('left@acme.example', { wake: false })
    await acme.sql('UPDATE plinth.mail SET attempts = 3 WHERE sent_at IS NULL AND dead_at IS NULL')
    await mail.wake(acme.id)
    await expect.poll(newest).toMatchObject({ attempts: 4, dead_at: expect.any(Date), sealed: null })
    expect(mailbox.for('left@acme.example')).toEqual([])
  })

  test('is sent once however many nodes look for it', async () => {
    const node = await platform.anotherNode()
    for (let n = 0; n < 12; n += 1) await send(`many-${n}@acme.example`, { wake: false })
    await Promise.all([mail.wake(acme.id), node.platform.root.cradle.mail.wake(acme.id)])
    await expect.poll(async () => (await rows()).every(({ sealed }) => sealed === null)).toBe(true)
    for (let n = 0; n < 12; n += 1) expect(mailbox.for(`many-${n}@acme.example`).length).toBe(1)
    await node.stop()
  })

  test('leaves neither address nor content in the log', () => {
    expect(lines.some((line) => line.includes('mail not sent'))).toBe(true)
    for (const secret of ['493817', '@acme.example'])
      expect(lines.filter((line) => line.includes(secret))).toEqual([])
  })

  test('cannot be opened in the name of another tenant or letter', async () => {
    const { values } = mail.queue(acme.id, letter('jana@acme.example'))
    const [, id, , sealed] = values as [string, string, string, Buffer]
    expect(mail.open(acme.id, id, sealed).to).toBe('jana@acme.example')
    expect(() => mail.open(platform.tenant('other').id, id, sealed)).toThrow(SealBroken)
    expect(() => mail.open(acme.id, acme.id, sealed)).toThrow(SealBroken)
  })

  test('goes to one plain address only', () => {
    for (const to of ['jana@acme.example, eve@evil.example', 'Jana <jana@acme.example>', 'jana'])
      expect(() => mail.queue(acme.id, letter(to))).toThrow('one plain address')
  })
})

test('without a server for mail nothing is offered, and nothing can be queued', async () => {
  const bare = await bootFixtures({ plugins: ['billboard'], tenants: [{ slug: 'bare' }] })
  const port = bare.platform.root.cradle.mail
  expect(port.isOffered).toBe(false)
  expect(() => port.queue(bare.tenant('bare').id, letter('jana@acme.example'))).toThrow('no server')
  await bare.stop()
})
