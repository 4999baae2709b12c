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
      await dialog.getByRole('textbox', { name: words.reason }).fill(`Urlaub ${size}`)
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
  })
})
