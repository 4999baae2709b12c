import { vi } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import type { Answer, TestPlatform, TestTenant } from './support/index.ts'
import { Mailbox } from './support/mailbox.ts'

export const PASSWORD = 'correct horse battery staple'
export const WANTED = 'Kranich über Lampe'

/** Two workspaces that send mail, and what people do there who cannot sign in. */
export class LinkWorld {
  readonly platform: TestPlatform
  readonly mailbox: Mailbox
  readonly acme: TestTenant

  private constructor(platform: TestPlatform, mailbox: Mailbox) {
    this.platform = platform
    this.mailbox = mailbox
    this.acme = platform.tenant('acme')
  }

  static async open(): Promise<LinkWorld> {
    const mailbox = await Mailbox.open()
    const platform = await bootFixtures({
      plugins: ['billboard'],
      tenants: [{ slug: 'acme' }, { slug: 'other' }],
      config: { smtpUrl: mailbox.url, publicUrl: 'https://{tenant}.plinth.example' },
    })
    return new LinkWorld(platform, mailbox)
  }

  async close(): Promise<void> {
    await this.platform.stop()
    await this.mailbox.close()
  }

  async setPolicy(change: object): Promise<void> {
    const answer = await this.acme.admin.patch('/security/policy', change)
    if (answer.status !== 200) throw new Error(answer.text)
  }

  async someone() {
    const client = await this.acme.addMember()
    const [row] = await this.acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [
      client.id,
    ])
    return { client, id: client.id, email: row!.email }
  }

  signIn(email: string, password = PASSWORD): Promise<Answer> {
    return this.acme.anonymous.post('/session', { email, password })
  }

  askPassword(email: string): Promise<Answer> {
    return this.acme.anonymous.post('/session/password/forgotten', { email })
  }

  look(token: string, at = this.acme): Promise<Answer> {
    return at.anonymous.post('/session/password/link', { token })
  }

  reset(token: string, password = WANTED, at = this.acme, more: object = {}): Promise<Answer> {
    return at.anonymous.post('/session/password/reset', { token, password, ...more })
  }

  /** Asks for a link to sign in with, as a browser with a cookie. */
  async askLink(email: string): Promise<{ answer: Answer; cookie: string }> {
    const answer = await this.acme.anonymous.post('/session/link', { email })
    return { answer, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  }

  open(token: string, cookie = '', at = this.acme): Promise<Answer> {
    return at.anonymous.send('POST', '/session/link/open', {
      headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
      body: JSON.stringify({ token }),
    })
  }

  /** The token of the newest link that has come to an address. */
  async tokenOf(email: string, count = 1): Promise<string> {
    await vi.waitUntil(() => this.mailbox.for(email).length === count, { timeout: 10_000 })
    return this.mailbox.for(email).at(-1)!.link!.split('#')[1]!
  }

  /** Moves the end of all links to where it stood that long after they were written. */
  age(time: string): Promise<unknown> {
    return this.acme.sql('UPDATE plinth.account_link SET expires_at = expires_at - $1::interval', [time])
  }

  entries(action: string, id: string): Promise<unknown[]> {
    return this.acme.sql('SELECT actor_id FROM plinth.audit WHERE action = $1 AND subject_id = $2', [
      action,
      id,
    ])
  }
}

/** What can be told apart: everything but ids of requests and rests of seconds. */
export function seen({ status, body, headers }: Answer): string {
  return JSON.stringify({
    status,
    ...body,
    requestId: '',
    retryAfter: body.retryAfter && 'some',
    cookie: headers.getSetCookie().map((line) => line.replace(/=[\w-]{43};/, '=…;')),
  })
}
