import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { Mailbox } from '@plinth/testing/mailbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneJourney } from './platform/index.ts'
import { flaws, onStage, WINDOWS, type Visitor } from './workspace/index.ts'

const WORDS = {
  de: {
    add: 'Authenticator-App',
    code: 'Code aus der App',
    confirm: 'Bestätigen',
    saved: 'Ich habe sie gesichert',
    oneMore: 'Noch ein Schritt',
    sixDigits: 'Sechsstelliger Code',
    goOn: 'Weiter',
    backup: 'Wiederherstellungscode verwenden',
    backupCode: 'Wiederherstellungscode',
    newPassword: 'Neues Passwort',
    save: 'Passwort speichern',
    byPasskey: 'Mit Passkey bestätigen',
    signInByPasskey: 'Mit Passkey anmelden',
    newCodes: 'Neue Codes',
    setUp: 'Zweiten Faktor einrichten',
    codes: 'Wiederherstellungscodes',
    addMail: 'Codes per E-Mail',
    byMail: 'Code per E-Mail erhalten',
    send: 'Code senden',
    sent: /^Wir haben einen Code an/,
    mailCode: 'Code aus der E-Mail',
  },
  en: {
    add: 'Authenticator app',
    code: 'Code from the app',
    confirm: 'Confirm',
    saved: 'I have saved them',
    oneMore: 'One more step',
    sixDigits: 'Six-digit code',
    goOn: 'Continue',
    backup: 'Use a backup code',
    backupCode: 'Backup code',
    newPassword: 'New password',
    save: 'Save password',
    byPasskey: 'Confirm with passkey',
    signInByPasskey: 'Sign in with a passkey',
    newCodes: 'New codes',
    setUp: 'Set up a second factor',
    codes: 'Backup codes',
    addMail: 'Codes by e-mail',
    byMail: 'Get a code by e-mail',
    send: 'Send a code',
    sent: /^We have sent a code to/,
    mailCode: 'Code from the e-mail',
  },
} as const

/** What an authenticator app shows for a key, so many steps of 30 seconds from now. */
function codeOf(key: string, steps = 0): string {
  const bits = Array.from(key, (sign) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'),
  )
  const secret = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const at = digest.at(-1)! & 0xf
  return String((digest.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

const mailbox = await Mailbox.open()
afterAll(() => mailbox.close())

describe('a second factor', () => {
  const stage = onStage({ plugins: [], tenants: [{ slug: 'acme' }], config: { smtpUrl: mailbox.url } })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor
    let person: { readonly email: string; password: string }
    let key = ''
    let codes: string[] = []

    beforeAll(async () => {
      const acme = stage.platform.tenant('acme')
      const { id } = await acme.addMember()
      const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [id])
      person = { email: row!.email, password: acme.credentials.member.password }
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(person, '/account')
    })
    afterAll(() => visitor?.leave())

    const button = (name: string) => visitor.page.getByRole('button', { name, exact: true })
    const picture = async (name: string) => {
      const folder = process.env['PLINTH_TEST_PICTURES']
      if (folder) await visitor.page.screenshot({ path: join(folder, `${name}-${language}.png`) })
    }

    async function signInAgain(): Promise<void> {
      await visitor.context.clearCookies()
      await visitor.open('/account')
      await visitor.speak()
      await visitor.enter(person.email, person.password)
    }

    /** Reads the key off the page and gives its code. */
    async function setUp(step: number): Promise<void> {
      const shown = visitor.page.locator('pl-totp-setup .key')
      key = (await shown.textContent())!.replaceAll(/\s/g, '')
      await visitor.page.getByLabel(words.code).fill(codeOf(key, step))
      await picture('setup')
      expect(await flaws(visitor)).toEqual([])
      await button(words.confirm).click()
      await button(words.saved).waitFor()
      codes = await visitor.page.locator('pl-backup-codes li').allTextContents()
      expect(codes).toHaveLength(10)
      await picture('codes')
      expect(await flaws(visitor)).toEqual([])
      await button(words.saved).click()
    }

    test('is set up on the account page, with codes to save', async () => {
      await picture('account-none')
      expect(await flaws(visitor)).toEqual([])
      await button(words.add).click()
      await setUp(-1)
      await visitor.page.locator('pl-second-factors .row').nth(1).waitFor()
      await picture('account')
      expect(await flaws(visitor)).toEqual([])
    })

    test('is asked for when signing in, and a wrong code says what to do', async () => {
      await signInAgain()
      await visitor.page.getByRole('heading', { level: 1, name: words.oneMore }).waitFor()
      await visitor.page.getByLabel(words.sixDigits).fill('000000')
      await button(words.goOn).click()
      await visitor.page.getByRole('alert').waitFor()
      await picture('step')
      visitor.faults.length = 0
      expect(await flaws(visitor)).toEqual([])
      await visitor.page.getByLabel(words.sixDigits).fill(codeOf(key, 0))
      await button(words.goOn).click()
      await visitor.ready()
      expect(new URL(visitor.page.url()).pathname).toBe('/account')
    })

    test('that is not at hand gives way to a backup code, also after the page was loaded anew', async () => {
      await signInAgain()
      await visitor.page.getByRole('heading', { level: 1, name: words.oneMore }).waitFor()
      await visitor.page.reload()
      await button(words.backup).click()
      await visitor.page.getByLabel(words.backupCode, { exact: true }).fill(codes[0]!)
      await picture('step-backup')
      await button(words.goOn).click()
      await visitor.ready()
      expect(new URL(visitor.page.url()).pathname).toBe('/account')
    })

    test('comes before another password, where the present one is too old', async () => {
      const acme = stage.platform.tenant('acme')
      await acme.admin.patch('/security/policy', { password: { maxAgeDays: 90 } })
      await acme.sql(
        `UPDATE plinth.member SET password_changed_at = now() - interval '91 days' WHERE email = $1`,
        [person.email],
      )
      const letters = mailbox.for(person.email).length
      await signInAgain()
      await button(words.backup).click()
      await visitor.page.getByLabel(words.backupCode, { exact: true }).fill(codes[2]!)
      await button(words.goOn).click()
      const field = visitor.page.getByLabel(words.newPassword, { exact: true })
      await field.fill('aaaaaaaaaaaaaaaa')
      await button(words.save).click()
      await visitor.page.getByRole('alert').waitFor()
      visitor.faults.length = 0
      await picture('new-password')
      expect(await flaws(visitor)).toEqual([])
      await visitor.page.reload()
      person.password = 'Kranich über Lampe'
      await field.fill(person.password)
      await button(words.save).click()
      await visitor.ready()
      expect(new URL(visitor.page.url()).pathname).toBe('/account')
      // A letter says that the password is another.
      await expect.poll(() => mailbox.for(person.email).length, { timeout: 20_000 }).toBe(letters + 1)
      await signInAgain()
      await button(words.backup).click()
      await visitor.page.getByLabel(words.backupCode, { exact: true }).fill(codes[3]!)
      await button(words.goOn).click()
      await visitor.ready()
    })

    test('can be a passkey, which then stands for the password too', async () => {
      const devtools = await visitor.context.newCDPSession(visitor.page)
      await devtools.send('WebAuthn.enable')
      await devtools.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      })
      await button('Passkey').click()
      await visitor.page.locator('pl-second-factors .row').nth(2).waitFor()
      await picture('account-passkey')
      expect(await flaws(visitor)).toEqual([])
      await signInAgain()
      await button(words.byPasskey).waitFor()
      await picture('step-passkey')
      expect(await flaws(visitor)).toEqual([])
      await button(words.byPasskey).click()
      await visitor.ready()
      await visitor.context.clearCookies()
      await visitor.open('/account')
      await visitor.speak()
      await picture('sign-in')
      expect(await flaws(visitor)).toEqual([])
      await button(words.signInByPasskey).click()
      await visitor.ready()
      expect(new URL(visitor.page.url()).pathname).toBe('/account')
    })

    test('is asked for once more before something sensitive, which is done then', async () => {
      await stage.forgetProofs('acme')
      await button(words.newCodes).click()
      await visitor.page.locator('body > pl-dialog').getByRole('button', { name: words.newCodes }).click()
      await button(words.byPasskey).waitFor()
      await picture('confirm')
      await button(words.backup).click()
      await visitor.page.getByLabel(words.backupCode, { exact: true }).fill(codes[1]!)
      await picture('confirm-backup')
      visitor.faults.length = 0
      expect(await flaws(visitor)).toEqual([])
      await button(words.confirm).click()
      await button(words.saved).waitFor()
      const renewed = await visitor.page.locator('pl-backup-codes li').allTextContents()
      expect(renewed).toHaveLength(10)
      expect(renewed).not.toContain(codes[1])
      await button(words.saved).click()
    })

    test('can be a code by mail, for the browser that has asked for it', async () => {
      const { page } = visitor
      /** Has a code sent, and reads the letter. */
      const mailed = async () => {
        const letters = mailbox.for(person.email).length
        await button(words.send).click()
        await page.getByText(words.sent).waitFor()
        await expect.poll(() => mailbox.for(person.email).length, { timeout: 20_000 }).toBe(letters + 1)
        return /\b\d{6}\b/.exec(mailbox.for(person.email).at(-1)!.mail.text!)![0]
      }
      await button(words.addMail).click()
      await page.getByLabel(words.mailCode).fill(await mailed())
      await picture('mail-setup')
      expect(await flaws(visitor)).toEqual([])
      await button(words.confirm).click()
      await page.locator('pl-second-factors .row').nth(3).waitFor()
      await signInAgain()
      await button(words.byMail).click()
      const code = await mailed()
      await page.getByLabel(words.mailCode).fill(code === '000000' ? '000001' : '000000')
      await button(words.goOn).click()
      await page.getByRole('alert').waitFor()
      await picture('step-mail')
      visitor.faults.length = 0
      expect(await flaws(visitor)).toEqual([])
      await page.getByLabel(words.mailCode).fill(code)
      await button(words.goOn).click()
      await visitor.ready()
      expect(new URL(page.url()).pathname).toBe('/account')
    })

    test('must be set up by an administrator whose time is over, before anything else is shown', async () => {
      const acme = stage.platform.tenant('acme')
      await acme.sql(`UPDATE plinth.member SET roles = '{member,admin}' WHERE email = $1`, [person.email])
      await acme.sql(`DELETE FROM plinth.second_factor`)
      await acme.sql(`DELETE FROM plinth.backup_code`)
      await acme.sql(
        `INSERT INTO plinth.second_factor_grace (tenant_id, member_id, since)
          SELECT tenant_id, id, now() - interval '8 days' FROM plinth.member WHERE email = $1
          ON CONFLICT (tenant_id, member_id) DO UPDATE SET since = excluded.since`,
        [person.email],
      )
      await signInAgain()
      await visitor.page.getByRole('heading', { level: 1, name: words.setUp }).waitFor()
      await setUp(0)
      await visitor.ready()
      expect(new URL(visitor.page.url()).pathname).toBe('/account')
    })
  })
})
