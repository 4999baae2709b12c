import { join } from 'node:path'
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
    under: 'nur unter Bedingungen …',
    field: (index: number) => `Feld der Bedingung ${index}`,
    amount: 'Preis (EUR)',
    keeper: 'Verantwortlich',
    about: 'Wählen Sie, worum es in dieser Bedingung geht.',
    needed: 'Bitte ausfüllen.',
    placeholder: 'Ein Text, der mit $ beginnt, steht hier für nichts.',
    or: 'Oder etwas anderes',
    removeCondition: 'Bedingung 2 entfernen',
    gave: /geben: .*„Preis“ ist mindestens 1\.000,00\s€/u,
    took: /nehmen: .*„Preis“ ist mindestens 1\.000,00\s€ oder „Verantwortlich“ nennt das Mitglied/u,
    kept: /nicht \(„Preis“ ist leer\).*bleibt, wie sie ist/su,
    nothingHere: 'Hier ist nichts',
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
    under: 'only under conditions …',
    field: (index: number) => `Field of condition ${index}`,
    amount: 'Price (EUR)',
    keeper: 'Keeper',
    about: 'Choose what this condition is about.',
    needed: 'Please fill this in.',
    placeholder: 'A text that begins with $ stands for nothing here.',
    or: 'Or something else',
    removeCondition: 'Remove condition 2',
    gave: /give: .*“Price” is at least €1,000\.00/u,
    took: /take away: .*“Price” is at least €1,000\.00 or “Keeper” names the member/u,
    kept: /not \(“Price” is empty\).*stays as it is/su,
    nothingHere: 'Nothing here',
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

const EXHIBITS = '/museum/exhibits'
const READ = 'house.museum.exhibit.read'

describe('a role that is limited by conditions', () => {
  const stage = onStage({
    pluginsFolder: join(import.meta.dirname, 'fields/plugins'),
    tenants: [{ slug: 'acme', plugins: ['museum'] }],
  })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    const name = `Vault ${size}`
    const dear = { price: { gte: { amount: '1000', currency: 'EUR' } } }
    let admin: Visitor
    let member: Visitor
    let ids: readonly string[]

    beforeAll(async () => {
      const { admin: chief, credentials } = stage.platform.tenant('acme')
      const exhibit = async (called: string, amount: string, keeperId?: string) =>
        (await chief.post(EXHIBITS, { name: called, price: { amount, currency: 'EUR' }, keeperId })).body.id
      const { body } = await chief.get('/members/directory')
      const { id } = body.items.find((each: { email: string }) => each.email === credentials.member.email)
      ids = [
        await exhibit('Krug', '20.00'),
        await exhibit('Amphore', '1000.00'),
        await exhibit('Lampe', '5.00', id),
      ]
      const role = (await chief.post('/roles', { label: name })).body
      await chief.patch(`/members/${id}`, { roles: [role.id] })
      admin = await stage.visit('acme', { size, language })
      await admin.signIn(credentials.admin, `/admin/roles?role=${role.id}`)
      member = await stage.visit('acme', { size, language })
      await member.signIn(credentials.member)
    })
    afterAll(async () => {
      await Promise.all([admin?.leave(), member?.leave()])
      for (const id of ids ?? []) await stage.platform.tenant('acme').admin.delete(`${EXHIBITS}/${id}`)
    })

    const page = () => admin.page
    const row = () => page().locator(`pl-grant-picker li[data-id="${READ}"]`)
    const stored = async () => {
      const { body } = await stage.platform.tenant('acme').admin.get('/roles')
      return body.items.find((role: { label: { en: string } }) => role.label.en === name)
    }
    const save = () => page().getByRole('button', { name: words.save, exact: true }).click()
    const saved = () => page().locator('pl-role-changes').waitFor({ state: 'detached' })
    const find = () => page().getByRole('searchbox', { name: words.search }).fill(READ)
    const edit = async () => {
      await admin.open(`/admin/roles?role=${(await stored()).id}`)
      await find()
    }
    const listed = async () => {
      const { body } = await member.api(EXHIBITS)
      return (body.items as { name: string }[]).map((each) => each.name).toSorted()
    }

    test('what is missing of a condition is said before anything is saved', async () => {
      await find()
      await row().locator('input[type=checkbox]').check()
      await row().locator('select').first().selectOption({ label: words.under })
      await save()
      await page().getByText(words.about).waitFor()
      await page().getByLabel(words.field(1)).selectOption({ label: words.amount })
      await page().getByText(words.needed).waitFor()
      expect(await flaws(admin)).toEqual([])
      expect((await stored()).grants).toEqual([])
    })

    test('what the server refuses is said at the condition it is about', async () => {
      await page().getByLabel(words.field(1)).selectOption('name')
      await row().locator('pl-field input').fill('$nobody')
      await row().locator('pl-field input').press('Tab')
      await save()
      await row().getByText(words.placeholder).waitFor()
      expect(admin.faults.splice(0)).toEqual([expect.stringContaining('status of 4')])
      expect(await flaws(admin)).toEqual([])
      expect((await stored()).grants).toEqual([])
      await page().getByLabel(words.field(1)).selectOption({ label: words.amount })
      expect(await row().getByText(words.placeholder).count()).toBe(0)
    })

    test('an amount, or the member themselves, are written as conditions and told in words', async () => {
      await row().getByRole('textbox', { name: words.amount }).fill('1000')
      await page().locator('pl-role-changes').getByText(words.gave).waitFor()
      await row().getByRole('button', { name: words.or }).press('Enter')
      // With the keyboard alone one goes on where the new condition begins.
      await row().locator('.group:last-of-type select:focus').waitFor()
      await page().getByLabel(words.field(2)).selectOption({ label: words.keeper })
      expect(await flaws(admin)).toEqual([])
      await save()
      await saved()
      expect((await stored()).grants).toEqual([
        { permission: READ, condition: { or: [dear, { keeperId: '$actor.id' }] } },
      ])
    })

    test('the member’s list has those records alone, and no other opens', async () => {
      expect(await listed()).toEqual(['Amphore', 'Lampe'])
      await member.open(`/app${EXHIBITS}`)
      await member.ready()
      await member.page.getByText('Amphore').first().waitFor()
      expect(await member.page.getByText('Krug').count()).toBe(0)
      await member.open(`/app${EXHIBITS}/${ids[0]}`)
      await member.page.getByText(words.nothingHere).waitFor()
      expect(member.faults.splice(0)).toEqual([expect.stringContaining('status of 404')])
    })

    test('a condition is taken away again, and acts with the next request', async () => {
      await edit()
      await row().getByRole('button', { name: words.removeCondition }).press('Enter')
      await row().locator('pl-condition-editor select:focus').waitFor()
      await page().locator('pl-role-changes').getByText(words.took).waitFor()
      await save()
      await saved()
      expect((await stored()).grants).toEqual([{ permission: READ, condition: dear }])
      expect(await listed()).toEqual(['Amphore'])
    })

    test('a condition that no form can show is told in words, and stays', async () => {
      const role = await stored()
      const grants = [{ permission: READ, condition: { not: { price: { isNull: true } } } }]
      const { admin: chief } = stage.platform.tenant('acme')
      expect((await chief.patch(`/roles/${role.id}`, { grants, version: role.version })).status).toBe(200)
      await edit()
      await row().getByText(words.kept).waitFor()
      expect(await flaws(admin)).toEqual([])
      await page().getByRole('textbox', { name: words.name, exact: true }).fill(name)
      await save()
      await page().locator('pl-role-dialog pl-dialog').waitFor({ state: 'detached' })
      expect((await stored()).grants).toEqual(grants)
      expect(await listed()).toEqual(['Amphore', 'Krug', 'Lampe'])
    })
  })
})
