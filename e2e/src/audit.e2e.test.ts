import { makeRecord } from '@plinth/testing'
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
    broken: 'ist nicht so, wie er geschrieben wurde.',
    history: 'Wer es geändert und gesehen hat',
    seen: 'Wer es gesehen hat',
    nobody: 'Niemandem wurde gezeigt, was Masken verbergen.',
    search: 'In Einträgen suchen',
    words: 'kunde angelegt',
    week: '7 Tage',
    opened: 'Sitzung: eröffnet',
    widen: 'Nicht mehr nur: Sitzung: eröffnet',
  },
  en: {
    heading: 'Audit log',
    created: 'Customer: created',
    security: 'Security events',
    refused: 'Access: refused',
    verify: 'Verify',
    sound: 'are as they were written.',
    broken: 'is not as it was written.',
    history: 'Who changed and saw it',
    seen: 'Who has seen it',
    nobody: 'Nobody has been shown what masks hide.',
    search: 'Search in entries',
    words: 'customer created',
    week: '7 days',
    opened: 'Session: opened',
    widen: 'No longer only: Session: opened',
  },
} as const

describe.skipIf(lacksPlugins('crm'))('the audit log', () => {
  const stage = onStage({
    tenants: [
      { slug: 'acme', plugins: ['crm'] },
      { slug: 'broken', plugins: ['crm'] },
    ],
  })

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
      await entry.getByRole('cell', { name: `Hanse ${size}` }).waitFor()
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

    test('entries are found by what their actions are called', async () => {
      await visitor.open('/admin/audit')
      const field = page().getByRole('searchbox', { name: words.search })
      await field.fill(words.words)
      await field.press('Enter')
      await expect.poll(() => page().url()).toContain('q=')
      await page().locator('pl-audit-entry', { hasText: words.created }).first().waitFor()
      await page().locator('pl-audit-entry', { hasText: words.opened }).first().waitFor({ state: 'detached' })
      expect(await flaws(visitor)).toEqual([])
    })

    test('counts of security events lead to these', async () => {
      await visitor.open('/admin/security')
      await page().getByRole('radio', { name: words.week }).click()
      await page().locator('pl-security-events a', { hasText: words.opened }).click()
      await page().getByRole('button', { name: words.widen }).waitFor()
      await page().locator('pl-audit-entry', { hasText: words.opened }).first().waitFor()
      expect(await page().locator('pl-audit-entry', { hasText: words.refused }).count()).toBe(0)
      expect(await flaws(visitor)).toEqual([])
      await page().getByRole('button', { name: words.widen }).click()
      await page().locator('pl-audit-entry', { hasText: words.refused }).first().waitFor()
    })

    test('a record says who changed it, and who has seen what is masked', async () => {
      const { admin } = stage.platform.tenant('acme')
      const { id } = await makeRecord(admin, 'employees.department', { name: `Light ${size}` })
      await visitor.open(`/app/employees/departments/${id}`)
      await page().getByRole('link', { name: words.history }).click()
      await page()
        .locator('pl-audit-entry', { hasText: `Light ${size}` })
        .waitFor()
      expect(await page().locator('pl-audit-entry').count()).toBe(1)
      await page().getByRole('radio', { name: words.seen }).click()
      await page().getByText(words.nobody).waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('a chain that is not intact says which entries are at fault', async () => {
      const broken = stage.platform.tenant('broken')
      await broken.sql(
        `UPDATE plinth.audit SET action = 'x' WHERE tenant_id = $1 AND subject_type = 'platform.session'`,
        [broken.id],
      )
      const other = await stage.visit('broken', { size, language })
      await other.signIn(broken.credentials.admin, '/admin/audit')
      await other.page.getByRole('button', { name: words.verify }).click()
      await other.page.getByText(words.broken).first().waitFor()
      expect(await flaws(other)).toEqual([])
      await other.leave()
    })
  })
})
