import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneJourney } from '../platform/index.ts'
import { flaws, onStage, type Visitor, WINDOWS } from '../workspace/index.ts'

const WORDS = {
  de: {
    customer: 'Kunde',
    article: 'Artikel',
    price: 'Preis (EUR)',
    gift: 'Geschenk',
    budget: 'Budget (EUR)',
    add: 'Zeile hinzufügen',
    line: (place: number) => `Zeile ${place}`,
    remove: 'Entfernen',
    more: 'Mehr anzeigen',
    jump: 'Positionen · Zeile 1',
    tooFew: 'Mindestens ein Eintrag wird gebraucht.',
    cheap: 'Ein Geschenk kostet höchstens 50.',
    dear: 'Die Positionen kosten mehr als das Budget.',
    keep: 'Meine Angaben behalten',
    contested: 'Positionen · Zeile 2 · Artikel',
    total: '69,90 €',
    amount: (text: string) => text.replace('.', ','),
  },
  en: {
    customer: 'Customer',
    article: 'Article',
    price: 'Price (EUR)',
    gift: 'Gift',
    budget: 'Budget (EUR)',
    add: 'Add line',
    line: (place: number) => `Line ${place}`,
    remove: 'Remove',
    more: 'Show more',
    jump: 'Positions · Line 1',
    tooFew: 'At least one entry is needed.',
    cheap: 'A gift costs 50 at most.',
    dear: 'The positions cost more than the budget.',
    keep: 'Keep mine',
    contested: 'Positions · Line 2 · Article',
    total: '€69.90',
    amount: (text: string) => text,
  },
} as const

const ORDERS = '/sales/orders'
const euro = (amount: string) => ({ amount, currency: 'EUR' })

describe('a record with children', () => {
  const stage = onStage({
    pluginsFolder: join(import.meta.dirname, 'plugins'),
    tenants: [{ slug: 'acme', plugins: ['sales'] }],
  })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor
    let orderId = ''

    beforeAll(async () => {
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(stage.platform.tenant('acme').credentials.admin, `/app${ORDERS}`)
    })
    afterAll(() => visitor?.leave())

    const line = (place: number) => visitor.page.getByRole('group', { name: words.line(place), exact: true })
    const box = (place: number, name: string) => line(place).getByRole('textbox', { name, exact: true })
    const button = (place: number, name: string) =>
      line(place).getByRole('button', { name: `${name}: ${words.line(place)}` })
    const shown = () =>
      visitor.page
        .getByRole('textbox', { name: words.article, exact: true })
        .evaluateAll((inputs) => inputs.map((input) => (input as unknown as { value: string }).value))
    const save = () => visitor.page.getByRole('button', { name: visitor.words.save, exact: true }).click()
    const saved = async (): Promise<string[]> => {
      const { body } = await visitor.api(`${ORDERS}/${orderId}?include=positions`)
      return body.positions.map(({ article }: { article: string }) => article)
    }
    /** On the page of the order, not in its form. */
    const arrived = () =>
      visitor.page.locator('pl-entity-detail').getByRole('heading', { level: 1 }).waitFor()
    const edit = async () => {
      await visitor.open(`/app${ORDERS}/${orderId}/edit`)
      await visitor.ready()
      await line(1).waitFor()
    }

    test('is written with its lines and saved once', async () => {
      await visitor.open(`/app${ORDERS}/new`)
      await visitor.ready()
      await visitor.page.getByRole('textbox', { name: words.customer }).fill('Reederei Nord')
      await save()
      await visitor.page.getByText(words.tooFew).waitFor()
      await visitor.page.getByRole('button', { name: words.add }).click()
      await box(1, words.article).fill('Tau')
      await box(1, words.price).fill(words.amount('49.90'))
      await visitor.page.keyboard.press('Control+Enter')
      await box(2, words.article).fill('Fender')
      await save()
      await box(2, words.price).and(visitor.page.locator('[aria-invalid="true"]')).waitFor()
      expect(await flaws(visitor)).toEqual([])
      await box(2, words.price).fill(words.amount('20.00'))
      await save()
      await arrived()
      await visitor.page.getByText(words.total).first().waitFor()
      expect(await flaws(visitor)).toEqual([])
      orderId = new URL(visitor.page.url()).pathname.split('/').at(-1)!
      expect(await saved()).toEqual(['Tau', 'Fender'])
    })

    test('has its lines put in another order, removed and brought back by keyboard', async () => {
      await edit()
      await visitor.page.getByRole('button', { name: words.add }).focus()
      await visitor.page.keyboard.press('Enter')
      await box(3, words.article).fill('Kompass')
      await box(3, words.price).fill('7')
      await visitor.page.keyboard.press('Alt+ArrowUp')
      await expect.poll(shown).toEqual(['Tau', 'Kompass', 'Fender'])
      await visitor.page.keyboard.press('Alt+ArrowUp')
      await expect.poll(shown).toEqual(['Kompass', 'Tau', 'Fender'])
      await button(2, words.remove).focus()
      await visitor.page.keyboard.press('Enter')
      await expect.poll(shown).toEqual(['Kompass', 'Fender'])
      await visitor.page.getByRole('button', { name: visitor.words.undo, exact: true }).click()
      await expect.poll(shown).toEqual(['Kompass', 'Tau', 'Fender'])
      await button(3, words.remove).click()
      await expect.poll(shown).toEqual(['Kompass', 'Tau'])
      expect(await flaws(visitor)).toEqual([])
      await save()
      await arrived()
      expect(await saved()).toEqual(['Kompass', 'Tau'])
    })

    test('shows a broken rule where it belongs, in the line or above all of them', async () => {
      await edit()
      await button(1, words.more).click()
      await line(1).getByRole('checkbox', { name: words.gift }).check()
      await box(1, words.price).fill('60')
      await save()
      await line(1).getByText(words.cheap).waitFor()
      await visitor.page.getByRole('button', { name: words.jump }).click()
      await box(1, words.price).and(visitor.page.locator(':focus')).waitFor()
      // What the server refused stands in the browser's console, as it should.
      visitor.faults.length = 0
      expect(await flaws(visitor)).toEqual([])
      await box(1, words.price).fill('50')
      await visitor.page.getByRole('textbox', { name: words.budget }).fill('80')
      await save()
      await visitor.page.getByText(words.dear).waitFor()
      await visitor.page.getByRole('textbox', { name: words.budget }).fill('100')
      visitor.faults.length = 0
      await save()
      await arrived()
      expect((await visitor.api(`${ORDERS}/${orderId}`)).body.total).toEqual(euro('99.90'))
    })

    test('keeps what two people did at the same time', async () => {
      await edit()
      await box(2, words.article).fill('Seil')
      const { admin } = stage.platform.tenant('acme')
      const before = (await admin.get(`${ORDERS}/${orderId}?include=positions`)).body
      const [first, second] = before.positions
      const positions = [
        { id: first.id },
        { id: second.id, price: euro('1.00'), article: 'Leine' },
        { article: 'Anker', price: euro('2.00') },
      ]
      const other = await admin.patch(`${ORDERS}/${orderId}`, { positions }, { version: before.version })
      expect(other.status, other.text).toBe(200)
      await save()
      const dialog = visitor.page.locator('body > pl-dialog')
      await dialog.getByRole('row', { name: `${words.contested} Leine Seil` }).waitFor()
      visitor.faults.length = 0
      expect(await flaws(visitor)).toEqual([])
      await dialog.getByRole('button', { name: words.keep }).click()
      await arrived()
      visitor.faults.length = 0
      expect(await saved()).toEqual(['Kompass', 'Seil', 'Anker'])
      expect((await visitor.api(`${ORDERS}/${orderId}`)).body.total).toEqual(euro('53.00'))
    })
  })
})
