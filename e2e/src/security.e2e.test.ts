import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneJourney } from './platform/index.ts'
import { flaws, onStage, WINDOWS, type Visitor } from './workspace/index.ts'

const WORDS = {
  de: {
    length: 'Mindestlänge',
    save: 'Passwörter speichern',
    saved: 'Gespeichert. Es gilt ab jetzt.',
    warning: 'Unter 15 Zeichen ist ein Passwort leichter zu erraten.',
    restore: 'Zurückholen: Fassung 1',
    sure: 'Zurückholen',
    adopt: 'Empfehlungen übernehmen',
    met: 'Alles ist mindestens so streng wie empfohlen',
    weakness: 'Administratoren ohne zweiten Faktor: 1',
    below: 'Einstellungen unter den Empfehlungen',
    mend: 'Beheben: Administratoren ohne zweiten Faktor: 1',
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
    restore: 'Bring back: Version 1',
    sure: 'Bring back',
    adopt: 'Adopt recommendations',
    met: 'Everything is at least as strict as recommended',
    weakness: 'Administrators without a second factor: 1',
    below: 'Settings below the recommendations',
    mend: 'Mend: Administrators without a second factor: 1',
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
      const acme = stage.platform.tenant('acme')
      const policy = { password: { minLength: 15 }, session: { idleMinutes: 0 } }
      await anew().patch('/security/policy', policy)
      await acme.sql('DELETE FROM plinth.policy_version')
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(stage.platform.tenant('acme').credentials.admin, '/admin/security')
    })
    afterAll(() => visitor?.leave())

    const page = () => visitor.page
    /** The journey ends with signing out everywhere else. */
    const anew = () => {
      const acme = stage.platform.tenant('acme')
      return acme.client(acme.credentials.admin)
    }

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

    test('is brought back to what it was, and up to what is recommended', async () => {
      const dialog = page().locator('pl-dialog')
      await page().getByRole('button', { name: words.restore, exact: true }).click()
      await dialog.getByRole('button', { name: words.sure, exact: true }).click()
      await expect.poll(() => page().getByLabel(words.length).inputValue()).toBe('15')
      await page().getByRole('button', { name: words.adopt, exact: true }).click()
      await dialog.getByRole('button', { name: words.adopt, exact: true }).click()
      await page().getByText(words.met).waitFor()
      await page().getByText(words.below).waitFor({ state: 'detached' })
      expect(await flaws(visitor)).toEqual([])
      const [version] = (await anew().get('/security/policy/versions')).body.items
      expect(version.reason).toBe('baselineAdopted')
    })

    test('what weakens the workspace is named, with the way to where it is mended', async () => {
      await page().getByText(words.weakness).waitFor()
      await page().getByRole('link', { name: words.mend }).click()
      await page().waitForURL('**/admin/members')
      expect(await flaws(visitor)).toEqual([])
      // Everyone owes a second factor by now; that is another journey.
      await anew().patch('/security/policy', { secondFactor: { required: 'administrators' } })
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
