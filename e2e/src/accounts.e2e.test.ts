import { Mailbox } from '@plinth/testing/mailbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneJourney } from './platform/index.ts'
import { flaws, onStage, WINDOWS, type Visitor } from './workspace/index.ts'

const WORDS = {
  de: {
    invite: 'Einladen',
    name: 'Name',
    address: 'E-Mail-Adresse',
    send: 'Einladung senden',
    onItsWay: /unterwegs/,
    yourName: 'Ihr Name',
    setUp: 'Konto anlegen',
    forgotten: 'Passwort vergessen?',
    byLink: 'Mit einem Link per Mail anmelden',
    sendLink: 'Link senden',
    newPassword: 'Neues Passwort',
    save: 'Passwort speichern',
    changed: /alle Sitzungen sind beendet/,
    toSignIn: 'Zur Anmeldung',
    elsewhere: /gilt nur in dem Browser/,
    gone: /wurde schon benutzt/,
    saveProfile: 'Profil speichern',
    present: 'Bisheriges Passwort',
    change: 'Passwort ändern',
    isChanged: 'Ihr Passwort ist geändert.',
    tooOld: /Dieses Passwort ist zu alt/,
    weak: /zu leicht zu erraten/,
    search: 'Nach Name oder E-Mail suchen',
    deactivate: 'Deaktivieren',
    isDeactivated: /ist deaktiviert/,
    wrong: 'E-Mail oder Passwort stimmt nicht.',
  },
  en: {
    invite: 'Invite',
    name: 'Name',
    address: 'E-mail address',
    send: 'Send invitation',
    onItsWay: /is on its way/,
    yourName: 'Your name',
    setUp: 'Set up account',
    forgotten: 'Forgotten password?',
    byLink: 'Sign in by a link in mail',
    sendLink: 'Send link',
    newPassword: 'New password',
    save: 'Save password',
    changed: /all sessions have ended/,
    toSignIn: 'To sign-in',
    elsewhere: /works only in the browser/,
    gone: /has been used/,
    saveProfile: 'Save profile',
    present: 'Present password',
    change: 'Change password',
    isChanged: 'Your password is changed.',
    tooOld: /This password is too old/,
    weak: /too easy to guess/,
    search: 'Search by name or e-mail',
    deactivate: 'Deactivate',
    isDeactivated: /is deactivated/,
    wrong: 'E-mail or password is not right.',
  },
} as const

const PASSWORDS = [
  'correct horse battery staple',
  'another heron rides the train',
  'seven lamps above the harbour',
  'the last tram leaves at dawn',
] as const

const mailbox = await Mailbox.open()
afterAll(() => mailbox.close())

describe('an account from its invitation to its end', () => {
  const stage = onStage({
    plugins: [],
    tenants: [{ slug: 'acme' }],
    config: { smtpUrl: mailbox.url },
  })
  const acme = () => stage.platform.tenant('acme')
  beforeAll(async () => {
    await acme().admin.patch('/security/policy', { signIn: { links: true } })
  })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    const email = `noor-${size}@acme.example`
    let manager: Visitor
    let noor: Visitor
    let letters = 0

    beforeAll(async () => {
      manager = await stage.visit('acme', { size, language })
      noor = await stage.visit('acme', { size, language })
    })
    afterAll(async () => {
      await manager?.leave()
      await noor?.leave()
    })

    const press = (visitor: Visitor, name: string) =>
      visitor.page.getByRole('button', { name, exact: true }).click()
    const type = (visitor: Visitor, name: string, value: string) =>
      visitor.page.getByLabel(name, { exact: true }).fill(value)

    /** The path of the link in the next letter. */
    async function nextLink(): Promise<string> {
      letters += 1
      await expect.poll(() => mailbox.for(email).length, { timeout: 20_000 }).toBe(letters)
      const { pathname, hash } = new URL(mailbox.for(email).at(-1)!.link!)
      return `${pathname}${hash}`
    }

    /** Comes to the sign-in page as someone who is not signed in. */
    async function arrive(): Promise<void> {
      await noor.context.clearCookies()
      await noor.open('/')
      await noor.speak()
    }

    test('begins with an invitation by mail, which a guest accepts', async () => {
      await manager.signIn(acme().credentials.admin, '/admin/members')
      await press(manager, words.invite)
      await type(manager, words.name, 'Noor Haddad')
      await type(manager, words.address, email)
      await press(manager, words.send)
      await manager.page.getByText(words.onItsWay).first().waitFor()
      expect(await flaws(manager)).toEqual([])
      // The manager's form has the workspace's language, and guests are spoken to in theirs.
      await acme().sql('UPDATE plinth.invitation SET locale = $1 WHERE email = $2', [language, email])
      await arrive()
      await noor.open(await nextLink())
      await type(noor, words.yourName, 'Noor H.')
      await type(noor, noor.words.password, 'short')
      expect(await flaws(noor)).toEqual([])
      await type(noor, noor.words.password, PASSWORDS[0])
      await press(noor, words.setUp)
      await noor.ready()
      await arrive()
      await noor.enter(email, PASSWORDS[0])
      await noor.ready()
    })

    test('goes on when the password is forgotten, by a link that works once', async () => {
      await arrive()
      await type(noor, noor.words.email, email)
      await noor.page.getByRole('link', { name: words.forgotten }).click()
      await press(noor, words.sendLink)
      await noor.page.getByText(words.onItsWay).waitFor()
      expect(await flaws(noor)).toEqual([])
      const link = await nextLink()
      await noor.open(link)
      await type(noor, words.newPassword, 'aaaaaaaaaaaaaaaa')
      await press(noor, words.save)
      await noor.page.getByText(words.weak).waitFor()
      // The browser reports every refusal.
      noor.faults.length = 0
      expect(await flaws(noor)).toEqual([])
      await type(noor, words.newPassword, PASSWORDS[1])
      await press(noor, words.save)
      await noor.page.getByText(words.changed).waitFor()
      // A letter says that the password is another.
      letters += 1
      await press(noor, words.toSignIn)
      await noor.enter(email, PASSWORDS[1])
      await noor.ready()
      await noor.open(link)
      await noor.page.getByText(words.gone).waitFor()
      noor.faults.length = 0
    })

    test('is signed in to by a link, in the browser that asked and in no other', async () => {
      await arrive()
      await type(noor, noor.words.email, email)
      await noor.page.getByRole('link', { name: words.byLink }).click()
      await press(noor, words.sendLink)
      await noor.page.getByText(words.onItsWay).waitFor()
      expect(await flaws(noor)).toEqual([])
      const link = await nextLink()
      const stranger = await stage.visit('acme', { size, language })
      await stranger.open('/')
      await stranger.speak()
      await stranger.open(link)
      await stranger.page.getByText(words.elsewhere).waitFor()
      await stranger.leave()
      await noor.open(link)
      await noor.ready()
      expect(new URL(noor.page.url()).hash).toBe('')
    })

    test('has a name and a password of one’s own choice', async () => {
      await noor.open('/account')
      await noor.ready()
      await type(noor, words.yourName, 'Noor Haddad')
      await press(noor, words.saveProfile)
      await expect.poll(async () => (await noor.api('/session')).body.member.name).toBe('Noor Haddad')
      await type(noor, words.present, PASSWORDS[1])
      await type(noor, words.newPassword, PASSWORDS[2])
      await press(noor, words.change)
      await noor.page.getByText(words.isChanged).waitFor()
      letters += 1
      expect(await flaws(noor)).toEqual([])
    })

    test('asks for another password when the present one is too old', async () => {
      await acme().admin.patch('/security/policy', { password: { maxAgeDays: 90 } })
      await acme().sql(
        `UPDATE plinth.member SET password_changed_at = now() - interval '91 days' WHERE email = $1`,
        [email],
      )
      await arrive()
      await noor.enter(email, PASSWORDS[2])
      await noor.page.getByText(words.tooOld).waitFor()
      expect(await flaws(noor)).toEqual([])
      await type(noor, words.newPassword, PASSWORDS[3])
      await press(noor, noor.words.signIn)
      await noor.ready()
    })

    test('ends when someone who manages members finds and deactivates it', async () => {
      await manager.open('/admin/members')
      await manager.ready()
      await type(manager, words.search, email)
      await manager.page.getByRole('button', { name: new RegExp(email) }).click()
      await press(manager, words.deactivate)
      const question = manager.page.locator('body > pl-dialog')
      await question.getByRole('button', { name: words.deactivate, exact: true }).click()
      await manager.page.getByText(words.isDeactivated).waitFor()
      expect(await flaws(manager)).toEqual([])
      await noor.open('/account')
      await noor.speak()
      await noor.enter(email, PASSWORDS[3])
      await noor.page.getByText(words.wrong).waitFor()
    })
  })
})
