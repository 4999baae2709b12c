import { lacksPlugins, oneJourney } from '@plinth/e2e/platform'
import { flaws, onStage, type Visitor, WINDOWS } from '@plinth/e2e/workspace'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const WORDS = {
  de: {
    quiet: 'Noch nichts besprochen',
    subject: 'Worum ging es?',
    missing: 'Bitte in wenigen Worten angeben, worum es ging.',
    details: 'Einzelheiten',
    call: 'Anruf',
    weCalled: 'Wir riefen an',
    add: 'Hinzufügen',
    addContact: 'Ansprechpartner hinzufügen',
    firstName: 'Vorname',
    lastName: 'Nachname',
    name: 'Name',
    region: 'Gebiet',
    delete: 'Kunden löschen',
    stillUsed: 'Unter „Aktivitäten“ verweisen noch 2 Einträge darauf. Löschen oder ändern Sie erst diese.',
  },
  en: {
    quiet: 'Nothing said yet',
    subject: 'What was it about?',
    missing: 'Please say in a few words what it was about.',
    details: 'Details',
    call: 'Call',
    weCalled: 'We called',
    add: 'Add',
    addContact: 'Add contact',
    firstName: 'First name',
    lastName: 'Last name',
    name: 'Name',
    region: 'Region',
    delete: 'Delete customer',
    stillUsed: '2 entries under “Activities” still refer to it. Delete or change these first.',
  },
} as const

describe.skipIf(lacksPlugins('crm', 'employees'))('the screen of a customer', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['crm'] }] })
  beforeAll(async () => {
    await stage.platform
      .tenant('acme')
      .admin.post('/custom-fields/crm/customer', { type: 'string', label: { en: 'Region', de: 'Gebiet' } })
  })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor
    let customer: { id: string; name: string }

    beforeAll(async () => {
      const { admin, credentials } = stage.platform.tenant('acme')
      customer = (
        await admin.post('/crm/customers', { name: `Hagemann ${language}`, custom: { region: 'Altona' } })
      ).body
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(credentials.admin, `/app/crm/customers/${customer.id}`)
    })
    afterAll(() => visitor?.leave())

    const subjects = (): Promise<string[]> =>
      visitor.page.locator('crm-customer-timeline .subject').allTextContents()

    test('says that nothing has been said yet, and what an entry lacks', async () => {
      await visitor.page.getByRole('heading', { name: words.quiet }).waitFor()
      expect(await flaws(visitor)).toEqual([])
      await visitor.page.getByRole('button', { name: words.add, exact: true }).click()
      await visitor.page.getByRole('alert').getByText(words.missing).waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('tells what the workspace itself wants to know', async () => {
      const facts = visitor.page.locator('crm-customer-facts')
      await facts.getByText(words.region, { exact: true }).waitFor()
      await facts.getByText('Altona').waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('takes a note and a call down, the latest first', async () => {
      await visitor.page.getByRole('textbox', { name: words.subject }).fill('Angebot gewünscht')
      await visitor.page.getByRole('textbox', { name: words.details }).fill('Bis Freitag.')
      await visitor.page.keyboard.press('Control+Enter')
      await expect.poll(subjects).toEqual(['Angebot gewünscht'])
      await visitor.page.getByRole('radio', { name: words.call, exact: true }).click()
      await visitor.page.getByRole('radio', { name: words.weCalled }).click()
      expect(await flaws(visitor)).toEqual([])
      await visitor.page.getByRole('textbox', { name: words.subject }).fill('Angebot besprochen')
      await visitor.page.keyboard.press('Enter')
      await expect.poll(subjects).toEqual(['Angebot besprochen', 'Angebot gewünscht'])
      const { body } = await visitor.api(
        `/crm/activities?filter={"customerId":"${customer.id}"}&sort=-occurredAt`,
      )
      expect(body.items).toMatchObject([
        { kind: 'call', direction: 'out', subject: 'Angebot besprochen' },
        { kind: 'note', direction: null, subject: 'Angebot gewünscht', body: 'Bis Freitag.' },
      ])
      expect(await flaws(visitor)).toEqual([])
    })

    test('leads to a new contact of this customer', async () => {
      await visitor.page.getByRole('link', { name: words.addContact }).click()
      await visitor.page.getByRole('textbox', { name: words.firstName }).fill('Sabine')
      await visitor.page.getByRole('textbox', { name: words.lastName }).fill('Ottersbach')
      await visitor.page.getByRole('button', { name: visitor.words.save, exact: true }).click()
      await visitor.page.getByRole('link', { name: customer.name }).click()
      await visitor.page.getByRole('link', { name: 'Sabine Ottersbach' }).waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('leads to the form that changes the customer', async () => {
      await visitor.page.getByRole('link', { name: visitor.words.edit, exact: true }).click()
      const name = visitor.page.getByRole('textbox', { name: words.name, exact: true })
      await name.fill(`${customer.name} GmbH`)
      await visitor.page.getByRole('button', { name: visitor.words.save, exact: true }).click()
      await visitor.page.getByRole('heading', { level: 1, name: `${customer.name} GmbH` }).waitFor()
      expect((await visitor.api(`/crm/customers/${customer.id}`)).body.name).toBe(`${customer.name} GmbH`)
    })

    test('says why a customer with a history cannot be deleted', async () => {
      await visitor.ready()
      await visitor.page.getByRole('button', { name: words.delete }).click()
      await visitor.page.locator('body > pl-dialog').getByRole('button', { name: words.delete }).click()
      await visitor.page.locator('pl-toaster').getByText(words.stillUsed).waitFor()
      // The refusal itself is what was asked for.
      visitor.faults.length = 0
      expect(await flaws(visitor)).toEqual([])
    })
  })
})
