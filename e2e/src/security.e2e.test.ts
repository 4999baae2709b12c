import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneJourney } from './platform/index.ts'
import { flaws, onStage, WINDOWS, type Visitor } from './workspace/index.ts'

const WORDS = {
  de: {
    length: 'Mindestlänge',
    save: 'Passwörter speichern',
    saved: 'Gespeichert. Es gilt ab jetzt.',
    warning: 'Unter 15 Zeichen ist ein Passwort leichter zu erraten.',
    nobody: 'Bisher hat niemand hineingesehen.',
    here: 'dieses Gerät',
    others: 'Überall sonst abmelden',
    ended: 'Abgemeldet.',
  },
  en: {
    length: 'Shortest length',
    save: 'Save Passwords',
    saved: 'Saved. It applies from now on.',
    warning: 'Below 15 characters a password is easier to guess.',
    nobody: 'Nobody has looked in so far.',
    here: 'this device',
    others: 'Sign out everywhere else',
    ended: 'Signed out.',
  },
} as const

describe('what a workspace asks of those who sign in', () => {
  const stage = onStage({ plugins: [], tenants: [{ slug: 'acme' }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor

    beforeAll(async () => {
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(stage.platform.tenant('acme').credentials.admin, '/admin/security')
    })
    afterAll(() => visitor?.leave())

    const page = () => visitor.page

    test('is read and changed on a page, which says what a setting weakens', async () => {
      const length = page().getByLabel(words.length)
      const wanted = size === 'wide' ? 12 : 11
      await length.fill(String(wanted))
      await page().getByRole('button', { name: words.save, exact: true }).click()
      await page().getByText(words.saved).waitFor()
      await page().getByText(words.warning).waitFor()
      await page().getByText(words.nobody).waitFor()
      const [row] = await stage.platform
        .tenant('acme')
        .sql<{ settings: { minLength: number } }>(
          `SELECT settings FROM plinth.security_policy WHERE section = 'password'`,
        )
      expect(row!.settings.minLength).toBe(wanted)
      expect(await flaws(visitor)).toEqual([])
    })

    test('and everyone sees where they are signed in, and ends it there', async () => {
      await visitor.open('/account')
      await page().getByText(words.here).waitFor()
      await page().getByRole('button', { name: words.others }).click()
      await page().getByText(words.ended).waitFor()
      await page().getByRole('button', { name: words.others }).waitFor({ state: 'detached' })
      expect(await flaws(visitor)).toEqual([])
    })
  })
})
