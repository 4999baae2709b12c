import { join } from 'node:path'
import { makeRecord } from '@plinth/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneJourney } from '../platform/index.ts'
import { flaws, onStage, WINDOWS, type Visitor } from '../workspace/index.ts'

const WORDS = {
  de: {
    menu: 'Aktionen',
    several: 'Mehrere auswählen',
    inspect: 'Prüfung bestellen',
    buy: 'Zukaufen',
    count: 'Wie viele',
    tally: 'Zählen',
    value: 'Wert schätzen',
    worth: '6.000,00',
    exchange: 'Eintauschen',
    kept: 'Bleibt',
    between: 'Wählen Sie 2 bis 3 Einträge',
    refused: 'Transporter: Das geht damit jetzt nicht.',
    cancel: 'Abbrechen',
    close: 'Schließen',
    done: 'erledigt',
  },
  en: {
    menu: 'Actions',
    several: 'Select several',
    inspect: 'Order inspection',
    buy: 'Buy',
    count: 'How many',
    tally: 'Tally',
    value: 'Estimate value',
    worth: '6,000.00',
    exchange: 'Exchange',
    kept: 'Stays',
    between: 'Select 2 to 3 entries',
    refused: 'Transporter: this cannot be done with it now.',
    cancel: 'Cancel',
    close: 'Close',
    done: 'done',
  },
} as const

const VEHICLES = '/fleet/vehicles'

describe('actions', () => {
  const stage = onStage({
    pluginsFolder: join(import.meta.dirname, 'plugins'),
    tenants: [
      { slug: 'wide', plugins: ['fleet'] },
      { slug: 'narrow', plugins: ['fleet'] },
    ],
  })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor
    let van = ''

    beforeAll(async () => {
      const { admin, credentials } = stage.platform.tenant(size)
      const price = { amount: '12000.00', currency: 'EUR' }
      van = (await makeRecord(admin, 'fleet.vehicle', { name: 'Van', price, sold: false })).id
      for (const name of ['Transporter', 'Car'])
        await makeRecord(admin, 'fleet.vehicle', {
          name,
          price: { amount: '9000.00', currency: 'EUR' },
          sold: false,
        })
      visitor = await stage.visit(size, { size, language })
      await visitor.signIn(credentials.admin, `/app${VEHICLES}`)
    })
    afterAll(() => visitor?.leave())

    const dialog = () => visitor.page.locator('body > pl-dialog')
    const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true })
    const choose = async (name: string) => {
      await visitor.page.getByRole('button', { name: words.menu, exact: true }).click()
      await visitor.page.getByRole('menuitem', { name, exact: true }).click()
      await dialog().getByRole('heading', { name }).waitFor()
    }
    const told = (name: string) => visitor.page.getByText(`${name}: ${words.done}`).waitFor()
    const shown = (text: string) =>
      visitor.page.locator('pl-data-grid').getByText(text, { exact: true }).first()
    const names = async (): Promise<string[]> => {
      const { body } = await visitor.api(`${VEHICLES}?sort=name`)
      return body.items.map(({ name, sold }: { name: string; sold: boolean }) =>
        sold ? `${name} sold` : name,
      )
    }

    test('of the plugin stand at the head of its lists, and are carried out after a question', async () => {
      await choose(words.inspect)
      expect(await flaws(visitor)).toEqual([])
      await inDialog(words.inspect).click()
      await told(words.inspect)
      await shown('Inspected').waitFor()
      expect(await names()).toEqual(['Car', 'Inspected', 'Transporter', 'Van'])
    })

    test('of the list ask what there is to say, and what is refused stands at its field', async () => {
      await choose(words.buy)
      const count = dialog().getByRole('textbox', { name: words.count })
      await count.fill('5')
      await inDialog(words.buy).click()
      await dialog().locator('pl-field[data-name="count"]').getByText('Four at most.').first().waitFor()
      visitor.faults.length = 0
      expect(await flaws(visitor)).toEqual([])
      await count.fill('1')
      await inDialog(words.buy).click()
      await told(words.buy)
      await shown('New 1').waitFor()
    })

    test('that only read show what they have found, as often as they are asked', async () => {
      await choose(words.tally)
      await inDialog(words.tally).click()
      await dialog().locator('pl-action-result').getByText('5', { exact: true }).waitFor()
      expect(await flaws(visitor)).toEqual([])
      await dialog()
        .getByRole('textbox')
        .first()
        .fill(language === 'de' ? '9000,00' : '9000.00')
      await inDialog(words.tally).click()
      await dialog().locator('pl-action-result').getByText('2', { exact: true }).waitFor()
      await inDialog(words.close).last().click()
      await dialog().waitFor({ state: 'detached' })
    })

    test('on chosen records are offered when enough of them are chosen, and one of them can be named', async () => {
      await visitor.page.getByRole('button', { name: words.several }).click()
      const bar = visitor.page.locator('pl-bulk-bar')
      const button = bar.getByRole('button', { name: words.exchange, exact: true })
      const tick = (name: string) => visitor.page.getByRole('checkbox', { name: new RegExp(name) }).click()
      await tick('Transporter')
      expect(await button.isDisabled()).toBe(true)
      expect(await button.getAttribute('title')).toBe(words.between)
      await tick('Van')
      await button.click()
      await dialog().getByRole('heading', { name: words.exchange }).waitFor()
      await dialog().getByRole('radio', { name: 'Van' }).check()
      expect(await flaws(visitor)).toEqual([])
      await inDialog(words.exchange).click()
      await told(words.exchange)
      expect(await names()).toEqual(['Car', 'Inspected', 'New 1', 'Transporter sold', 'Van'])

      for (const name of ['Transporter', 'Car']) await tick(name)
      await button.click()
      await dialog().getByRole('radio', { name: 'Car' }).check()
      await inDialog(words.exchange).click()
      await dialog().getByText(words.refused).waitFor()
      visitor.faults.length = 0
      expect(await flaws(visitor)).toEqual([])
      await inDialog(words.cancel).click()
      await dialog().waitFor({ state: 'detached' })
    })

    test('of one record that only read show what they have found at once', async () => {
      await visitor.open(`/app${VEHICLES}/${van}`)
      await visitor.page.getByRole('button', { name: words.value, exact: true }).click()
      await dialog().locator('pl-action-result').getByText(words.worth).waitFor()
      expect(await flaws(visitor)).toEqual([])
      await inDialog(words.close).last().click()
      await dialog().waitFor({ state: 'detached' })
    })
  })
})
