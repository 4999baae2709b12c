import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacksPlugins, oneJourney } from './platform/index.ts'
import { flaws, onStage, type Visitor, WINDOWS } from './workspace/index.ts'

const WORDS = {
  de: {
    several: 'Mehrere auswählen',
    merge: 'Zusammenführen',
    feature: 'Kunden zusammenführen einschalten',
    byTier: 'Durch Ihren Tarif eingeschaltet',
    off: 'In Ihrem Arbeitsbereich ausgeschaltet.',
    reset: 'Kunden zusammenführen: zurück zur Vorgabe',
    why: 'Warum?',
    isOff: '„Kunden zusammenführen“ ist in diesem Arbeitsbereich ausgeschaltet.',
    toPlugin: 'Zum Plugin',
    right: 'Zusammenführen',
    show: 'Rechte anzeigen',
    search: 'Rechte suchen',
  },
  en: {
    several: 'Select several',
    merge: 'Merge',
    feature: 'Switch Merge customers on',
    byTier: 'On by your tier',
    off: 'Switched off in your workspace.',
    reset: 'Merge customers: back to the default',
    why: 'Why?',
    isOff: '“Merge customers” is switched off in this workspace.',
    toPlugin: 'To the plugin',
    right: 'Merge',
    show: 'Show rights',
    search: 'Search rights',
  },
} as const

const MERGE = 'backoffice.crm.customer.merge'

describe.skipIf(lacksPlugins('crm', 'employees'))('a feature of a plugin', () => {
  const stage = onStage({
    tenants: [
      { slug: 'wide', plugins: ['crm'], sampleData: true },
      { slug: 'narrow', plugins: ['crm'], sampleData: true },
    ],
  })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let lead: Visitor
    let admin: Visitor

    beforeAll(async () => {
      const { credentials } = stage.platform.tenant(size)
      lead = await stage.visit(size, { size, language })
      await lead.signIn(credentials.admin, '/app/crm/customers')
      admin = await stage.visit(size, { size, language })
      await admin.signIn(credentials.admin, '/admin/plugins?plugin=crm')
    })
    afterAll(() => Promise.all([lead?.leave(), admin?.leave()]))

    const toggle = () => admin.page.getByRole('switch', { name: words.feature, exact: true })
    const several = () => lead.page.getByRole('button', { name: words.several })

    test('is on by the tier, and so is what belongs to it', async () => {
      await admin.page.getByText(words.byTier).waitFor()
      expect(await toggle().getAttribute('aria-checked')).toBe('true')
      expect(await flaws(admin)).toEqual([])
      await several().click()
      await lead.page.getByRole('checkbox').nth(1).click()
      await lead.page.locator('pl-bulk-bar').getByRole('button', { name: words.merge, exact: true }).waitFor()
    })

    test('is switched off with the keyboard, and gone from the open list of somebody else', async () => {
      await toggle().focus()
      await admin.page.keyboard.press('Space')
      await admin.page.getByText(words.off).waitFor()
      expect(await toggle().getAttribute('aria-checked')).toBe('false')
      expect(await flaws(admin)).toEqual([])
      await lead.page
        .locator('pl-bulk-bar')
        .getByRole('button', { name: words.merge, exact: true })
        .waitFor({ state: 'detached' })
      expect(await flaws(lead)).toEqual([])
    })

    test('is named where somebody asks why, with the way to its switch', async () => {
      await lead.open('/account')
      await lead.page.getByRole('button', { name: words.show }).click()
      await lead.page.getByRole('searchbox', { name: words.search }).fill(MERGE)
      await lead.page.locator('pl-member-rights .line').click()
      await lead.page.getByText(words.isOff).waitFor()
      expect(await flaws(lead)).toEqual([])
      await lead.page.getByRole('link', { name: words.toPlugin }).click()
      await lead.page.getByText(words.off).waitFor()
    })

    test('comes back with the decision taken back', async () => {
      await admin.page.getByRole('button', { name: words.reset }).click()
      await admin.page.getByText(words.byTier).waitFor()
      expect(await toggle().getAttribute('aria-checked')).toBe('true')
      await lead.open('/app/crm/customers')
      await several().click()
      await lead.page.getByRole('checkbox').nth(1).click()
      await lead.page.locator('pl-bulk-bar').getByRole('button', { name: words.merge, exact: true }).waitFor()
    })
  })
})
