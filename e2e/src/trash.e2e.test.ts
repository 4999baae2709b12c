import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacksPlugins, oneJourney } from './platform/index.ts'
import { flaws, onStage, WINDOWS, type Visitor } from './workspace/index.ts'

const WORDS = {
  de: {
    delete: 'Löschen',
    undo: 'Rückgängig',
    trash: 'Papierkorb: Abteilungen',
    empty: 'Der Papierkorb ist leer',
    restore: 'wiederherstellen',
    purge: 'endgültig löschen',
    purgeIt: 'Endgültig löschen',
    emptyIt: 'Papierkorb leeren',
    choose: 'Mehrere auswählen',
    all: 'Alle gezeigten auswählen',
    select: (name: string) => `${name} auswählen`,
    count: (count: number) => `${count} ausgewählt`,
    restoreThem: 'Wiederherstellen',
    refused: 'Nicht alles ließ sich wiederherstellen',
    close: 'Schließen',
    gone: 'Ein Eintrag wurde endgültig entfernt',
  },
  en: {
    delete: 'Delete',
    undo: 'Undo',
    trash: 'Trash: Departments',
    empty: 'The trash is empty',
    restore: 'Restore',
    purge: 'for good',
    purgeIt: 'Delete for good',
    emptyIt: 'Empty trash',
    choose: 'Select several',
    all: 'Select all shown',
    select: (name: string) => `Select ${name}`,
    count: (count: number) => `${count} selected`,
    restoreThem: 'Restore',
    refused: 'Not everything could be restored',
    close: 'Close',
    gone: 'One entry was removed for good',
  },
} as const

const DEPARTMENTS = '/employees/departments'

interface Named {
  readonly id: string
  readonly name: string
}

describe.skipIf(lacksPlugins('employees'))('the trash', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['employees'] }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor
    const made: Named[] = []

    beforeAll(async () => {
      const { admin, credentials } = stage.platform.tenant('acme')
      await admin.delete(`${DEPARTMENTS}/trash`)
      for (const name of ['Archiv', 'Versand', 'Labor'])
        made.push((await admin.post(DEPARTMENTS, { name: `${name} ${language}` })).body)
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(credentials.admin, `/app${DEPARTMENTS}`)
    })
    afterAll(() => visitor?.leave())

    const names = () => visitor.page.locator('pl-entity-trash li .name').allTextContents()

    async function deleteIt({ id, name }: Named): Promise<void> {
      await visitor.open(`/app${DEPARTMENTS}/${id}`)
      await visitor.page.getByRole('heading', { level: 1, name }).waitFor()
      await visitor.page.getByRole('button', { name: words.delete, exact: true }).click()
      const dialog = visitor.page.locator('body > pl-dialog')
      await dialog.getByRole('button', { name: words.delete, exact: true }).click()
      await dialog.waitFor({ state: 'detached' })
      // Whoever leaves the page before it is done takes the request back.
      await expect
        .poll(async () => (await visitor.api(`${DEPARTMENTS}/${id}`)).status, { timeout: 15_000 })
        .toBe(404)
      visitor.faults.length = 0
    }

    test('what was deleted comes back with one press', async () => {
      const department = made[0]!
      await deleteIt(department)
      const undo = visitor.page.locator('pl-toaster').getByRole('button', { name: words.undo })
      await undo.waitFor()
      expect((await visitor.api(`${DEPARTMENTS}/${department.id}`)).status).toBe(404)
      visitor.faults.length = 0
      expect(await flaws(visitor)).toEqual([])
      await undo.click()
      await visitor.page.getByRole('heading', { level: 1, name: department.name }).waitFor()
      expect((await visitor.api(`${DEPARTMENTS}/${department.id}`)).status).toBe(200)
    })

    test('the list leads to the trash, which says that it is empty, or what lies in it', async () => {
      await visitor.open(`/app${DEPARTMENTS}`)
      await visitor.page.getByRole('link', { name: words.trash }).click()
      await visitor.page.getByRole('heading', { name: words.empty }).waitFor()
      expect(await flaws(visitor)).toEqual([])
      for (const each of made) await deleteIt(each)
      await visitor.open(`/app${DEPARTMENTS}/trash`)
      await expect.poll(names).toEqual(made.map(({ name }) => name).toReversed())
      expect(await flaws(visitor)).toEqual([])
    })

    test('by keyboard one is restored, and one removed for good after a question', async () => {
      const [first, second, third] = [made[0]!, made[1]!, made[2]!]
      const button = (what: string, name: string) =>
        visitor.page.getByRole('button', { name: new RegExp(`${what}.*${name}|${name}.*${what}`) })
      await button(words.restore, third.name).focus()
      await visitor.page.keyboard.press('Enter')
      await expect.poll(names).toEqual([second.name, first.name])
      await button(words.purge, second.name).focus()
      await visitor.page.keyboard.press('Enter')
      // Enter by habit destroys nothing: it is on cancel.
      const dialog = visitor.page.locator('body > pl-dialog')
      await dialog.getByRole('button', { name: words.purgeIt }).waitFor()
      await visitor.page.keyboard.press('Enter')
      await dialog.waitFor({ state: 'detached' })
      expect(await names()).toEqual([second.name, first.name])
      await button(words.purge, second.name).click()
      await dialog.getByRole('button', { name: words.purgeIt }).click()
      await expect.poll(names).toEqual([first.name])
      expect(await flaws(visitor)).toEqual([])
    })

    test('several are restored at once, with a result for each that is refused, and one removed for good', async () => {
      const { admin } = stage.platform.tenant('acme')
      const some: Named[] = []
      for (const name of ['Ost', 'Süd', 'West']) {
        const { body } = await admin.post(DEPARTMENTS, { name: `${name} ${language}` })
        some.push(body)
        await admin.delete(`${DEPARTMENTS}/${body.id}`)
      }
      const [east, south, west] = some as [Named, Named, Named]
      // Its name has been taken since.
      const { body: taken } = await admin.post(DEPARTMENTS, { name: west.name })
      await visitor.open(`/app${DEPARTMENTS}/trash`)
      const bar = visitor.page.getByRole('toolbar')
      const box = ({ name }: Named) =>
        visitor.page.getByRole('checkbox', { name: words.select(name), exact: true })
      await visitor.page.getByRole('button', { name: words.choose }).focus()
      await visitor.page.keyboard.press('Enter')
      await visitor.page.getByRole('checkbox', { name: words.all }).focus()
      await visitor.page.keyboard.press('Space')
      await bar.getByText(words.count(4), { exact: true }).waitFor()
      await box(made[0]!).uncheck()
      expect(await flaws(visitor)).toEqual([])
      await bar.getByRole('button', { name: words.restoreThem, exact: true }).click()
      await visitor.page.getByRole('heading', { name: words.refused }).waitFor()
      await visitor.page.locator('body > pl-dialog').getByText(west.name).waitFor()
      expect(await flaws(visitor)).toEqual([])
      await visitor.page.locator('body > pl-dialog').getByRole('button', { name: words.close }).last().click()
      await expect.poll(names).toEqual([west.name, made[0]!.name])
      for (const { id } of [east, south]) expect((await visitor.api(`${DEPARTMENTS}/${id}`)).status).toBe(200)
      // What was refused is still chosen.
      await bar.getByText(words.count(1), { exact: true }).waitFor()
      await bar.getByRole('button', { name: words.purgeIt, exact: true }).focus()
      await visitor.page.keyboard.press('Enter')
      const dialog = visitor.page.locator('body > pl-dialog')
      await dialog.getByRole('button', { name: words.purgeIt, exact: true }).click()
      await visitor.page.getByText(words.gone).waitFor()
      await expect.poll(names).toEqual([made[0]!.name])
      for (const { id } of [east, south, taken]) await admin.delete(`${DEPARTMENTS}/${id}`)
      for (const { id } of [east, south, taken]) await admin.delete(`${DEPARTMENTS}/trash/${id}`)
      await visitor.open(`/app${DEPARTMENTS}/trash`)
      await expect.poll(names).toEqual([made[0]!.name])
      visitor.faults.length = 0
    })

    test('and all the rest at once', async () => {
      await visitor.page.getByRole('button', { name: words.emptyIt }).click()
      await visitor.page.locator('body > pl-dialog').getByRole('button', { name: words.emptyIt }).click()
      await visitor.page.getByRole('heading', { name: words.empty }).waitFor()
      const { body } = await visitor.api(DEPARTMENTS)
      expect(body.items.filter(({ name }: { name: string }) => name.endsWith(language))).toMatchObject([
        { name: made[2]!.name },
      ])
    })
  })
})
