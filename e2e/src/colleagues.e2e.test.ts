import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneJourney } from './platform/index.ts'
import { flaws, onStage, WINDOWS, type Visitor } from './workspace/index.ts'

const WORDS = {
  de: {
    search: 'Nach Name oder E-Mail suchen',
    view: 'Arbeitsbereich ansehen wie member',
    bar: 'Ansicht eines anderen Mitglieds',
    saying: 'Sie sehen den Arbeitsbereich wie member',
    end: 'Ansicht beenden',
    standIn: 'Vertretung einrichten',
    who: 'Wer vertritt Sie?',
    reason: 'Grund',
    role: 'Administration',
    endOne: 'Vertretung von admin durch member beenden',
    confirm: 'Beenden',
    planned: 'gilt jetzt',
    ended: 'vorzeitig beendet',
    passwordLink: 'Link zu neuem Passwort',
    makeLink: 'Link erstellen',
    copy: 'Kopieren',
    close: 'Schließen',
    newPassword: 'Neues Passwort',
    savePassword: 'Passwort speichern',
    changed: /alle Sitzungen sind beendet/,
    toSignIn: 'Zur Anmeldung',
    gone: /wurde schon benutzt/,
  },
  en: {
    search: 'Search by name or e-mail',
    view: 'See the workspace as member does',
    bar: 'View of another member',
    saying: 'You see the workspace as member does',
    end: 'End the view',
    standIn: 'Have somebody stand in',
    who: 'Who stands in for you?',
    reason: 'Reason',
    role: 'Administration',
    endOne: 'End that member stands in for admin',
    confirm: 'End',
    planned: 'now',
    ended: 'ended early',
    passwordLink: 'Link to a new password',
    makeLink: 'Make the link',
    copy: 'Copy',
    close: 'Close',
    newPassword: 'New password',
    savePassword: 'Save password',
    changed: /all sessions have ended/,
    toSignIn: 'To sign-in',
    gone: /has been used/,
  },
} as const

describe('who works together', () => {
  const stage = onStage({ plugins: [], tenants: [{ slug: 'acme' }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor

    beforeAll(async () => {
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(stage.platform.tenant('acme').credentials.admin, '/admin/members')
    })
    afterAll(() => visitor?.leave())

    const page = () => visitor.page

    test('sees the workspace as a colleague does, is told so on every page, and changes nothing', async () => {
      await page()
        .getByRole('button', { name: /^member/ })
        .click()
      expect(await flaws(visitor)).toEqual([])
      await page().getByRole('button', { name: words.view }).click()
      const bar = page().getByRole('complementary', { name: words.bar })
      await bar.getByText(words.saying).waitFor()
      expect(await page().locator('a[href$="/admin/members"]').count()).toBe(0)
      expect(await flaws(visitor)).toEqual([])
      await visitor.open('/account')
      await bar.waitFor()
      expect(await flaws(visitor)).toEqual([])
      await bar.getByRole('button', { name: words.end }).click()
      await bar.waitFor({ state: 'detached' })
      await visitor.open('/admin/members')
      await page().getByRole('searchbox', { name: words.search }).waitFor()
    })

    test('has somebody stand in for a while, who then may what they may, and ends it where everybody is listed', async () => {
      const { member } = stage.platform.tenant('acme')
      expect((await member.get('/roles')).status).toBe(403)
      await visitor.open('/account')
      await page().getByRole('button', { name: words.standIn }).click()
      const dialog = page().locator('pl-delegation-dialog')
      await dialog.getByRole('combobox', { name: words.who }).fill('member')
      await page().getByRole('option', { name: 'member' }).first().click()
      const reason = dialog.getByRole('textbox', { name: words.reason })
      await reason.fill(`Urlaub ${size}`)
      expect((await reason.boundingBox())!.width, 'a line of text has room').toBeGreaterThan(250)
      await dialog.getByRole('checkbox', { name: words.role }).check()
      expect(await flaws(visitor)).toEqual([])
      await dialog.getByRole('button', { name: words.standIn }).click()
      await page().getByText(`Urlaub ${size}`).waitFor()
      await page().getByText(words.planned, { exact: false }).first().waitFor()
      expect(await flaws(visitor)).toEqual([])
      expect((await member.get('/roles')).status).toBe(200)
      await visitor.open('/admin/members')
      await page().getByRole('button', { name: words.endOne }).click()
      await page().getByRole('button', { name: words.confirm, exact: true }).click()
      // Those of before stand there as ended already.
      await page().getByRole('button', { name: words.endOne }).waitFor({ state: 'detached' })
      await page().getByText(words.ended).first().waitFor()
      expect((await member.get('/roles')).status).toBe(403)
      expect(await flaws(visitor)).toEqual([])
    })

    test('lets somebody back in who has forgotten the password, by a link that is shown once where no mail is sent', async () => {
      const { admin, anonymous } = stage.platform.tenant('acme')
      const email = `noor-${size}@acme.example`
      const invited = await admin.post('/members/invitations', { email, name: 'Noor Haddad' })
      const token = new URL(invited.body.link).hash.slice(1)
      const joined = { token, name: 'Noor Haddad', password: 'correct horse battery staple' }
      expect((await anonymous.post('/invitation/accept', joined)).status).toBe(201)

      await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await visitor.open('/admin/members')
      await page().getByRole('searchbox', { name: words.search }).fill(email)
      await page()
        .getByRole('button', { name: new RegExp(email) })
        .click()
      await page().getByRole('button', { name: words.passwordLink, exact: true }).click()
      await page().getByRole('button', { name: words.makeLink, exact: true }).click()
      const shown = page().locator('pl-secret-dialog')
      const link = await shown.locator('code').innerText()
      expect(await flaws(visitor)).toEqual([])
      await shown.getByRole('button', { name: words.copy }).click()
      await expect.poll(() => page().evaluate<string>('navigator.clipboard.readText()')).toBe(link)
      await shown.getByRole('button', { name: words.close }).last().click()
      await shown.locator('code').waitFor({ state: 'detached' })

      const noor = await stage.visit('acme', { size, language })
      const { pathname, hash } = new URL(link)
      await noor.open('/')
      await noor.speak()
      await noor.open(`${pathname}${hash}`)
      await noor.page.getByLabel(words.newPassword, { exact: true }).fill('another heron rides the train')
      expect(await flaws(noor)).toEqual([])
      await noor.page.getByRole('button', { name: words.savePassword, exact: true }).click()
      await noor.page.getByText(words.changed).waitFor()
      await noor.page.getByRole('button', { name: words.toSignIn }).click()
      await noor.enter(email, 'another heron rides the train')
      await noor.ready()
      await noor.open(`${pathname}${hash}`)
      await noor.page.getByText(words.gone).waitFor()
      // Nobody is sent to a page that would send a mail.
      await noor.page.getByRole('button', { name: words.toSignIn }).waitFor()
      await noor.leave()
    })
  })
})
