import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacksPlugins, oneJourney } from './platform/index.ts'
import { flaws, onStage, type Visitor, WINDOWS } from './workspace/index.ts'

const WORDS = {
  de: {
    newRole: 'Neue Rolle',
    name: 'Name',
    everything: 'Alles in Kundenverwaltung',
    plugin: 'Kundenverwaltung',
    search: 'Rechte suchen',
    create: 'Rolle anlegen',
    save: 'Speichern',
    changes: 'Speichern wird',
    menu: (name: string) => `Was mit ${name} getan werden kann`,
    edit: 'Bearbeiten',
    look: 'Ansehen',
    close: 'Schließen',
    remove: 'Löschen …',
    removeIt: 'Rolle löschen',
    gone: 'ist gelöscht',
    admin: 'Administrator',
  },
  en: {
    newRole: 'New role',
    name: 'Name',
    everything: 'Everything in Customers',
    plugin: 'Customers',
    search: 'Search rights',
    create: 'Make role',
    save: 'Save',
    changes: 'Saving will',
    menu: (name: string) => `What can be done with ${name}`,
    edit: 'Edit',
    look: 'Look at it',
    close: 'Close',
    remove: 'Delete …',
    removeIt: 'Delete role',
    gone: 'is deleted',
    admin: 'Administrator',
  },
} as const

describe.skipIf(lacksPlugins('crm'))('the roles of a workspace', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['crm'] }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    const name = `Sales ${size}`
    let visitor: Visitor

    beforeAll(async () => {
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(stage.platform.tenant('acme').credentials.admin, '/admin/roles')
    })
    afterAll(() => visitor?.leave())

    const page = () => visitor.page
    const row = () => page().locator('pl-roles-page li', { hasText: name })
    const stored = async () => {
      const { body } = await stage.platform.tenant('acme').admin.get('/roles')
      return body.items.find((role: { label: { en: string } }) => role.label.en === name)
    }
    const choose = async (who: string, what: string) => {
      await page()
        .getByRole('button', { name: words.menu(who) })
        .click()
      await page().getByRole('menuitem', { name: what }).click()
    }

    test('one is made that allows everything of a plugin', async () => {
      await page().getByRole('button', { name: words.newRole }).click()
      await page().getByRole('textbox', { name: words.name, exact: true }).fill(name)
      await page().locator('pl-grant-picker summary', { hasText: words.plugin }).click()
      await page().getByRole('checkbox', { name: words.everything }).first().check()
      expect(await flaws(visitor)).toEqual([])
      await page().getByRole('button', { name: words.create }).click()
      await row().waitFor()
      expect(await flaws(visitor)).toEqual([])
      expect(await stored()).toMatchObject({ grants: ['backoffice.crm.*'], inherits: [] })
    })

    test('what a change gives and takes is shown before it is saved', async () => {
      await choose(name, words.edit)
      await page().locator('pl-grant-picker summary', { hasText: words.plugin }).click()
      await page().getByRole('checkbox', { name: words.everything }).first().uncheck()
      await page().getByRole('searchbox', { name: words.search }).fill('crm.contact.read')
      await page().locator('pl-grant-picker .subject input').last().check()
      await page().locator('pl-role-changes li').nth(1).waitFor()
      expect(await page().locator('pl-role-changes section').innerText()).toContain(words.changes)
      expect(await flaws(visitor)).toEqual([])
      await page().getByRole('button', { name: words.save }).click()
      await page().locator('pl-role-changes').waitFor({ state: 'detached' })
      expect(await stored()).toMatchObject({ grants: ['backoffice.crm.contact.read'], version: 2 })
    })

    test('those of the platform can only be looked at', async () => {
      await choose(words.admin, words.look)
      await page().locator('pl-role-dialog .description').waitFor()
      expect(await page().locator('pl-role-dialog input:enabled:not([type=search])').count()).toBe(0)
      expect(await flaws(visitor)).toEqual([])
      await page().locator('pl-role-dialog').getByRole('button', { name: words.close }).last().click()
    })

    test('one that nobody has is deleted', async () => {
      await choose(name, words.remove)
      expect(await flaws(visitor)).toEqual([])
      await page().getByRole('button', { name: words.removeIt }).click()
      await page().getByText(words.gone).waitFor()
      await row().waitFor({ state: 'detached' })
      expect(await stored()).toBeUndefined()
    })
  })
})
