import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneJourney } from '../platform/index.ts'
import { flaws, focused, onStage, type Visitor, WINDOWS } from '../workspace/index.ts'

const EXHIBITS = '/museum/exhibits'

const WORDS = {
  de: {
    name: 'Bezeichnung',
    latitude: 'Breitengrad',
    longitude: 'Längengrad',
    keeper: 'Verantwortlich',
    save: 'Speichern',
    actions: 'Aktionen',
    lend: 'Verleihen',
    destroy: 'Vernichten',
    until: 'Bis',
    delete: 'Löschen',
    trash: 'Papierkorb leeren',
    several: 'Mehrere auswählen',
    select: (name: string) => `${name} auswählen`,
    group: 'Zusammenstellen',
    keep: 'Meine Angaben behalten',
    count: /Ausstellungsstück|Treffer/,
    decimal: ',',
    place: '52,5163° N, 13,3777° O',
  },
  en: {
    name: 'Name',
    latitude: 'Latitude',
    longitude: 'Longitude',
    keeper: 'Keeper',
    save: 'Save',
    actions: 'Actions',
    lend: 'Lend',
    destroy: 'Destroy',
    until: 'Until',
    delete: 'Delete',
    trash: 'Empty trash',
    several: 'Select several',
    select: (name: string) => `Select ${name}`,
    group: 'Put together',
    keep: 'Keep mine',
    count: /exhibit|found/,
    decimal: '.',
    place: '52.5163° N, 13.3777° E',
  },
} as const

describe('a record with fields of every kind', () => {
  const stage = onStage({
    pluginsFolder: join(import.meta.dirname, 'plugins'),
    tenants: [{ slug: 'acme', plugins: ['museum'] }],
  })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    const name = `Amphora ${size}`
    let visitor: Visitor

    beforeAll(async () => {
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(stage.platform.tenant('acme').credentials.admin, `/app${EXHIBITS}/new`)
    })
    afterAll(() => visitor?.leave())

    const page = () => visitor.page
    const field = (id: string) => page().locator(`pl-field[data-name="${id}"]`)
    const button = (called: string) => page().getByRole('button', { name: called, exact: true })
    const dialog = () => page().getByRole('dialog')
    const open = async (path: string) => {
      await visitor.open(path)
      await visitor.ready()
    }
    /** With the keyboard alone, as somebody does who has no mouse. */
    const press = async (called: string) => {
      await button(called).focus()
      await page().keyboard.press('Enter')
    }
    const deed = async (called: string) => {
      await press(words.actions)
      const item = page().getByRole('menuitem', { name: called, exact: true })
      await item.focus()
      await page().keyboard.press('Enter')
      await dialog().getByRole('heading', { name: called }).waitFor()
    }
    /** Escape closes what asks, and who has asked has the focus again. */
    const givesUp = async (opener: string) => {
      await page().keyboard.press('Escape')
      await dialog().waitFor({ state: 'detached' })
      await expect.poll(() => focused(page())).toBe(opener)
    }

    test('has a form that fits the window, and nothing in it is beyond reach', async () => {
      await field('photo').waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('is filled in, a member of the workspace included', async () => {
      await field('name').locator('input').fill(name)
      const part = (called: string) => field('position').getByRole('textbox', { name: called })
      await part(words.latitude).fill(`52${words.decimal}5163`)
      await part(words.longitude).fill(`13${words.decimal}3777`)
      const { body } = await visitor.api('/members')
      const [member] = body.items as { label: string }[]
      await field('keeperId').locator('input').fill(member!.label.slice(0, 3))
      await page().getByRole('option', { name: member!.label }).first().click()
      expect(await flaws(visitor)).toEqual([])
      await button(words.save).click()
      await page().getByRole('heading', { level: 1, name }).waitFor()
      await page().getByText(words.place).waitFor()
      await page().locator('pl-entity-detail dd').getByText(member!.label).waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('has the member in its form when it is changed', async () => {
      const { id, keeperId } = (await visitor.api(EXHIBITS)).body.items.find(
        (each: { name: string }) => each.name === name,
      )
      const { body } = await visitor.api('/members')
      const member = body.items.find((each: { id: string }) => each.id === keeperId)
      await open(`/app${EXHIBITS}/${id}/edit`)
      await expect.poll(() => field('keeperId').locator('input').inputValue()).toBe(member.label)
      await open(`/app${EXHIBITS}/${id}`)
    })

    test('shows what two people have written at once, with names that can be read', async () => {
      const { admin } = stage.platform.tenant('acme')
      const { id, version } = (await visitor.api(EXHIBITS)).body.items.find(
        (each: { name: string }) => each.name === name,
      )
      await open(`/app${EXHIBITS}/${id}/edit`)
      await field('story').locator('textarea').fill('Found in a garden.')
      await field('email').locator('input').fill('a.long.address@museum.example')
      await admin.patch(`${EXHIBITS}/${id}`, { story: 'Bought at a fair.' }, { version })
      await button(words.save).click()
      const labels = page().locator('body > pl-dialog').getByRole('rowheader')
      await labels.first().waitFor()
      // A short word stands in one line, however narrow the window.
      const lines = await labels.evaluateAll((cells) =>
        cells.map((cell) => {
          const range = cell.ownerDocument.createRange()
          range.selectNodeContents(cell)
          return new Set([...range.getClientRects()].map(({ top }) => top)).size
        }),
      )
      expect(lines).toEqual([1, 1])
      visitor.faults.length = 0
      expect(await flaws(visitor)).toEqual([])
      await button(words.keep).click()
      await page().getByText('Found in a garden.').waitFor()
    })

    test('leaves a dialog by Escape, and the focus is where it was', async () => {
      await deed(words.lend)
      await givesUp(words.actions)
      await deed(words.destroy)
      await givesUp(words.actions)
      await press(words.delete)
      await dialog().waitFor()
      await givesUp(words.delete)
      expect(await flaws(visitor)).toEqual([])
    })

    test('closes what is open in a dialog first, and keeps what was typed', async () => {
      await deed(words.lend)
      await field('note').locator('input').fill('By hand')
      const calendar = page().locator('vaadin-date-picker')
      const isOpen = () => calendar.evaluate((element) => Reflect.get(element, 'opened') === true)
      await field('until').locator('input').click()
      await expect.poll(isOpen).toBe(true)
      await page().keyboard.press('Escape')
      await expect.poll(isOpen).toBe(false)
      expect(await field('note').locator('input').inputValue()).toBe('By hand')
      await givesUp(words.actions)
    })

    test('among several ones, too', async () => {
      await open(`/app${EXHIBITS}`)
      await button(words.several).click()
      await page()
        .getByRole('checkbox', { name: words.select(name), exact: true })
        .check()
      await press(words.group)
      await dialog().waitFor()
      await givesUp(words.group)
      expect(await flaws(visitor)).toEqual([])
    })

    test('is not counted where the list could not be loaded', async () => {
      const counted = page().locator('pl-entity-list p[role=status]').filter({ hasText: words.count })
      await open(`/app${EXHIBITS}`)
      await expect.poll(() => counted.count()).toBe(1)
      await page().route(/\/museum\/exhibits\?/, (route) => route.abort())
      await page().getByRole('searchbox').fill('Amphora')
      await page().locator('pl-error').waitFor()
      await expect.poll(() => counted.count()).toBe(0)
      await page().unroute(/\/museum\/exhibits\?/)
      visitor.faults.length = 0
      expect(await flaws(visitor)).toEqual([])
    })

    test('is still in the trash when somebody thinks better of emptying it', async () => {
      const { admin } = stage.platform.tenant('acme')
      const { id } = (await admin.post(EXHIBITS, { name: `Jug ${size}` })).body
      await admin.delete(`${EXHIBITS}/${id}`)
      await open(`/app${EXHIBITS}/trash`)
      await press(words.trash)
      await dialog().waitFor()
      await givesUp(words.trash)
      await page().getByText(`Jug ${size}`).waitFor()
      expect(visitor.faults).toEqual([])
    })
  })
})
