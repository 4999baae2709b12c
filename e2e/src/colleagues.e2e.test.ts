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
    members: 'Mitglieder',
  },
  en: {
    search: 'Search by name or e-mail',
    view: 'See the workspace as member does',
    bar: 'View of another member',
    saying: 'You see the workspace as member does',
    end: 'End the view',
    members: 'Members',
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
      await bar.getByRole('button', { name: words.end }).click()
      await bar.waitFor({ state: 'detached' })
      await visitor.open('/admin/members')
      await page().getByRole('searchbox', { name: words.search }).waitFor()
    })
  })
})
