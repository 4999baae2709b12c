import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacksPlugins, oneJourney } from './platform/index.ts'
import { flaws, onStage, type Visitor, WINDOWS } from './workspace/index.ts'

const CUSTOMERS = '/crm/customers'

const WORDS = {
  de: {
    choose: 'Mehrere auswählen',
    select: (name: string) => `${name} auswählen`,
    count: (count: number) => (count === 0 ? 'Nichts ausgewählt' : `${count} ausgewählt`),
    set: 'Feld setzen',
    field: 'Feld',
    status: 'Status',
    active: 'Aktiv',
    days: 'Zahlungsziel in Tagen',
    archived: 'Archiviert',
    change: (count: number) => (count === 1 ? 'Einen Eintrag ändern' : `${count} Einträge ändern`),
    refused: 'Nicht alles ließ sich ändern',
    result: 'Ein Eintrag ist erledigt, einer wurde abgelehnt:',
    close: 'Schließen',
    delete: 'Löschen',
    deleted: '2 Einträge wurden gelöscht',
    undo: 'Rückgängig',
    leave: 'Auswahl beenden',
  },
  en: {
    choose: 'Select several',
    select: (name: string) => `Select ${name}`,
    count: (count: number) => (count === 0 ? 'Nothing selected' : `${count} selected`),
    set: 'Set a field',
    field: 'Field',
    status: 'Status',
    active: 'Active',
    days: 'Payment term in days',
    archived: 'Archived',
    change: (count: number) => (count === 1 ? 'Change one entry' : `Change ${count} entries`),
    refused: 'Not everything could be changed',
    result: 'One entry is done, one was refused:',
    close: 'Close',
    delete: 'Delete',
    deleted: '2 entries were deleted',
    undo: 'Undo',
    leave: 'End selection',
  },
} as const

const NAMES = ['Amsel AG', 'Buche GmbH', 'Cedar Ltd']

interface Customer {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly version: number
  readonly paymentTermDays: number
}

describe.skipIf(lacksPlugins('crm'))('many customers at once', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['crm'] }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor

    const customers = async (): Promise<Customer[]> =>
      (await visitor.api(`${CUSTOMERS}?sort=name&limit=200`)).body.items
    const statuses = async (): Promise<string[]> => (await customers()).map(({ status }) => status)
    const button = (name: string) => visitor.page.getByRole('button', { name, exact: true })
    const box = (name: string) =>
      visitor.page.getByRole('checkbox', { name: words.select(name), exact: true })
    const ticked = () => visitor.page.getByRole('checkbox', { checked: true }).count()
    async function chosen(count: number): Promise<void> {
      await visitor.page.getByRole('toolbar').getByText(words.count(count), { exact: true }).waitFor()
      // The rows are drawn after the bar; a box that is ticked still would not be ticked anew.
      await expect.poll(ticked, { timeout: 15_000 }).toBe(count)
    }
    const dialog = () => visitor.page.locator('body > pl-dialog')

    async function setStatus(label: string, count: number): Promise<void> {
      await button(words.set).click()
      await dialog().getByLabel(words.field, { exact: true }).selectOption({ label: words.status })
      await dialog().getByRole('radio', { name: label, exact: true }).check()
      expect(await flaws(visitor)).toEqual([])
      await dialog()
        .getByRole('button', { name: words.change(count), exact: true })
        .click()
    }

    beforeAll(async () => {
      const { admin, credentials } = stage.platform.tenant('acme')
      for (const { id } of (await admin.get(CUSTOMERS)).body.items) await admin.delete(`${CUSTOMERS}/${id}`)
      for (const name of NAMES) await admin.post(CUSTOMERS, { name })
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(credentials.admin, `/app${CUSTOMERS}`)
    })
    afterAll(() => visitor?.leave())

    test('are chosen in the list, by mouse or key', async () => {
      await button(words.choose).click()
      await chosen(0)
      expect(await button(words.delete).isDisabled()).toBe(true)
      await box('Amsel AG').check()
      await box('Buche GmbH').focus()
      await visitor.page.keyboard.press('Space')
      await chosen(2)
      expect(await flaws(visitor)).toEqual([])
    })

    test('get the same value in a field', async () => {
      await setStatus(words.active, 2)
      await expect.poll(statuses).toEqual(['active', 'active', 'lead'])
      await chosen(0)
      await box('Cedar Ltd').check()
      await chosen(1)
      await button(words.set).click()
      await dialog().getByLabel(words.field, { exact: true }).selectOption({ label: words.days })
      await dialog().getByRole('textbox', { name: words.days }).fill('45')
      await dialog()
        .getByRole('button', { name: words.change(1), exact: true })
        .click()
      await expect
        .poll(async () => (await customers()).map(({ paymentTermDays }) => paymentTermDays))
        .toEqual([14, 14, 45])
      await chosen(0)
    })

    test('are told apart where one has been changed by someone else meanwhile', async () => {
      await box('Buche GmbH').check()
      await box('Cedar Ltd').check()
      await chosen(2)
      const cedar = (await customers())[2]!
      const { admin } = stage.platform.tenant('acme')
      await admin.patch(`${CUSTOMERS}/${cedar.id}`, { phone: '+49 40 1234' }, { version: cedar.version })
      await setStatus(words.archived, 2)
      await visitor.page.getByRole('heading', { name: words.refused }).waitFor()
      await dialog().getByText(words.result).waitFor()
      await dialog().getByText('Cedar Ltd').waitFor()
      expect(await flaws(visitor)).toEqual([])
      await dialog().getByRole('button', { name: words.close }).last().click()
      expect(await statuses()).toEqual(['active', 'archived', 'lead'])
      // What was refused is still chosen, and is up to date now.
      await chosen(1)
      await setStatus(words.archived, 1)
      await expect.poll(statuses).toEqual(['active', 'archived', 'archived'])
    })

    test('go to the trash after a question, and come back with one press', async () => {
      await chosen(0)
      await box('Amsel AG').check()
      await box('Cedar Ltd').check()
      await button(words.delete).click()
      await dialog().getByRole('button', { name: words.delete, exact: true }).click()
      const toast = visitor.page.locator('pl-toaster')
      await toast.getByText(words.deleted).waitFor()
      await expect.poll(async () => (await customers()).map(({ name }) => name)).toEqual(['Buche GmbH'])
      await box('Amsel AG').waitFor({ state: 'detached' })
      await toast.getByRole('button', { name: words.undo }).click()
      await box('Amsel AG').waitFor()
      expect((await customers()).map(({ name }) => name)).toEqual(NAMES)
      await button(words.leave).click()
      await visitor.page.getByRole('toolbar').waitFor({ state: 'detached' })
      expect(await flaws(visitor)).toEqual([])
    })
  })
})
