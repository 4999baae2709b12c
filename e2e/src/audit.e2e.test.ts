import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacksPlugins, oneJourney } from './platform/index.ts'
import { flaws, onStage, type Visitor, WINDOWS } from './workspace/index.ts'

const WORDS = {
  de: {
    heading: 'Änderungsprotokoll',
    created: 'Kunde: angelegt',
    security: 'Sicherheitsereignisse',
    refused: 'Zugriff: abgewiesen',
    verify: 'Prüfen',
    sound: 'sind so, wie sie geschrieben wurden.',
  },
  en: {
    heading: 'Audit log',
    created: 'Customer: created',
    security: 'Security events',
    refused: 'Access: refused',
    verify: 'Verify',
    sound: 'are as they were written.',
  },
} as const

describe.skipIf(lacksPlugins('crm'))('the audit log', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['crm'] }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor

    beforeAll(async () => {
      const { admin, member, credentials } = stage.platform.tenant('acme')
      await admin.post('/crm/customers', { type: 'company', name: `Hanse ${size}` })
      await member.get('/audit')
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(credentials.admin, '/admin/audit')
    })
    afterAll(() => visitor?.leave())

    const page = () => visitor.page

    test('an entry says what has changed, in words', async () => {
      const entry = page().locator('pl-audit-entry', { hasText: words.created }).first()
      await entry.locator('summary').click()
      await entry.getByText(`Hanse ${size}`).waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('what concerns security is a view of its own, refusals included', async () => {
      await page().getByRole('radio', { name: words.security }).click()
      await page().locator('pl-audit-entry', { hasText: words.refused }).first().waitFor()
      expect(await page().locator('pl-audit-entry', { hasText: words.created }).count()).toBe(0)
      expect(await flaws(visitor)).toEqual([])
    })

    test('the chain is verified', async () => {
      await page().getByRole('button', { name: words.verify }).click()
      await page().getByText(words.sound).waitFor()
      expect(await flaws(visitor)).toEqual([])
    })
  })
})
