import { codeOf, StepByStep } from '../second-factors.ts'
import { SoftwareAuthenticator } from '../software-authenticator.ts'
import type { Deed, DeedWorld } from './deed-world.ts'

const PASSWORD = 'correct horse battery staple'

/** How people change what is their own: sessions, passwords, second factors. */
export function personDeeds({ acme }: DeedWorld): Record<string, Deed> {
  const origin = `http://${acme.slug}.localhost`
  const someone = async (roles: readonly string[] = []) => {
    const { id } = await acme.addMember(roles)
    const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [id])
    const browser = new StepByStep(acme)
    browser.origin = origin
    const credentials = { email: row!.email, password: PASSWORD }
    await browser.signIn(credentials)
    return { id, browser, credentials }
  }
  const withApp = async () => {
    const person = await someone()
    return { ...person, ...(await person.browser.addTotp()) }
  }
  const askedForPasskey = async () => {
    const person = await someone()
    const authenticator = new SoftwareAuthenticator()
    const { body } = await person.browser.send('POST', '/session/second-factor/passkey')
    const answer = { name: 'Laptop', response: authenticator.create(body, { origin }) }
    const add = () => person.browser.send('POST', '/session/second-factor/passkey/confirm', answer)
    return { ...person, authenticator, add }
  }
  const elsewhere = async ({ credentials }: Awaited<ReturnType<typeof someone>>): Promise<StepByStep> => {
    const browser = new StepByStep(acme)
    browser.origin = origin
    await browser.signIn(credentials)
    return browser
  }
  const delegation = async () => {
    const { id: member } = await acme.addMember()
    const until = new Date(Date.now() + 3_600_000).toISOString()
    return { member, roles: ['admin'], reason: 'On holiday', until }
  }
  return {
    'POST /session': async () => {
      const { credentials } = await someone()
      return () => acme.anonymous.post('/session', credentials)
    },
    'PATCH /session': async () => {
      const { browser } = await someone()
      return () => browser.send('PATCH', '/session', { locale: 'de' })
    },
    'DELETE /session': async () => {
      const { browser } = await someone()
      return () => browser.send('DELETE', '/session')
    },
    'POST /delegations': async () => {
      const wish = await delegation()
      return () => acme.admin.post('/delegations', wish)
    },
    'DELETE /delegations/{id}': async () => {
      const { body } = await acme.admin.post('/delegations', await delegation())
      return () => acme.admin.delete(`/delegations/${body.id}`)
    },
    'POST /session/view': async () => {
      const [{ browser }, { id }] = [await someone(['admin']), await someone()]
      return () => browser.send('POST', '/session/view', { member: id })
    },
    'DELETE /session/view': async () => {
      const [{ browser }, { id }] = [await someone(['admin']), await someone()]
      await browser.keep('POST', '/session/view', { member: id })
      return () => browser.send('DELETE', '/session/view')
    },
    'DELETE /sessions': async () => {
      const person = await someone()
      await elsewhere(person)
      return () => person.browser.send('DELETE', '/sessions')
    },
    'DELETE /sessions/{id}': async () => {
      const person = await someone()
      await elsewhere(person)
      const { body } = await person.browser.send('GET', '/sessions')
      const other = body.items.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent)
      return () => person.browser.send('DELETE', `/sessions/${other.id}`)
    },
    'DELETE /members/{id}/sessions': async () => {
      const { id } = await someone()
      return () => acme.admin.delete(`/members/${id}/sessions`)
    },
    'POST /members/{id}/password-link': async () => {
      const { id } = await someone()
      return () => acme.admin.post(`/members/${id}/password-link`)
    },
    'POST /session/password': async () => {
      const { browser } = await someone()
      const body = { current: PASSWORD, password: 'another long battery staple' }
      return () => browser.send('POST', '/session/password', body)
    },
    'POST /session/password/renewal': async () => {
      const person = await withApp()
      await acme.admin.patch('/security/policy', { password: { maxAgeDays: 3_000 } })
      await acme.sql(
        `UPDATE plinth.member SET password_changed_at = now() - interval '3001 days' WHERE id = $1`,
        [person.id],
      )
      const browser = await elsewhere(person)
      await browser.verify('totp', await codeOf(person.totp.secret))
      return () =>
        browser.send('POST', '/session/password/renewal', { password: 'another long battery staple' })
    },
    'POST /session/second-factor/totp/{id}/confirm': async () => {
      const { browser } = await someone()
      const { body } = await browser.send('POST', '/session/second-factor/totp', { name: 'Phone' })
      const code = await codeOf(body.secret)
      return () => browser.send('POST', `/session/second-factor/totp/${body.id}/confirm`, { code })
    },
    'POST /session/second-factor/verify': async () => {
      const person = await withApp()
      const browser = await elsewhere(person)
      const code = await codeOf(person.totp.secret)
      return () => browser.verify('totp', code)
    },
    'POST /session/second-factor/codes': async () => {
      const { browser } = await withApp()
      return () => browser.send('POST', '/session/second-factor/codes')
    },
    'DELETE /session/second-factor/factors/{id}': async () => {
      const { browser, totp } = await withApp()
      return () => browser.send('DELETE', `/session/second-factor/factors/${totp.id}`)
    },
    'DELETE /members/{id}/second-factors': async () => {
      const { id } = await withApp()
      return () => acme.admin.delete(`/members/${id}/second-factors`)
    },
    'POST /session/second-factor/passkey/confirm': async () => (await askedForPasskey()).add,
    'POST /session/passkey': async () => {
      const { authenticator, add } = await askedForPasskey()
      await add()
      const browser = new StepByStep(acme)
      browser.origin = origin
      const { body } = await browser.send('POST', '/session/passkey/options')
      const response = authenticator.get(body, { origin })
      return () => browser.send('POST', '/session/passkey', { response })
    },
  }
}
