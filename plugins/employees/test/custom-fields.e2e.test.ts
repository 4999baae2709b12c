import { lacksPlugins, oneJourney } from '@plinth/e2e/platform'
import { flaws, onStage, type Visitor } from '@plinth/e2e/workspace'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const WORDS = {
  de: {
    title: 'Eigene Felder',
    entity: 'Mitarbeiter',
    empty: 'Noch keine eigenen Felder',
    new: 'Neues Feld',
    label: 'Bezeichnung auf Deutsch',
    choice: 'Auswahl',
    add: 'Feld anlegen',
    listed: 'In Listen',
    group: 'Weitere Angaben',
    save: 'Speichern',
    archiveNamed: 'Schicht archivieren',
    archive: 'Archivieren',
    restoreNamed: 'Schicht wiederherstellen',
    archived: 'Archiviert',
    change: 'Schicht ändern',
    valueNamed: 'Bezeichnung von Früh',
    up: 'Parkplatz nach oben',
    money: 'Geldbetrag',
    reference: 'Verweis',
    department: 'Abteilung',
    mask: 'Ganz: ****',
  },
  en: {
    title: 'Custom fields',
    entity: 'Employees',
    empty: 'No fields of your own yet',
    new: 'New field',
    label: 'Label in English',
    choice: 'Choice',
    add: 'Add field',
    listed: 'In lists',
    group: 'More details',
    save: 'Save',
    archiveNamed: 'Archive Schicht',
    archive: 'Archive',
    restoreNamed: 'Restore Schicht',
    archived: 'Archived',
    change: 'Change Schicht',
    valueNamed: 'Label of Früh',
    up: 'Move Parkplatz up',
    money: 'Amount of money',
    reference: 'Reference',
    department: 'Department',
    mask: 'Whole: ****',
  },
} as const

describe.skipIf(lacksPlugins('employees'))('fields a workspace adds', () => {
  const stage = onStage({
    tenants: [
      { slug: 'breit', plugins: ['employees'] },
      { slug: 'narrow', plugins: ['employees'] },
    ],
  })

  describe.each([
    { slug: 'breit', size: 'wide', language: 'de', scheme: 'light' },
    { slug: 'narrow', size: 'narrow', language: 'en', scheme: 'dark' },
  ] as const)('in a $size window, in $language, $scheme', ({ slug, size, language, scheme }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor
    let employees: { id: string; lastName: string }[]

    beforeAll(async () => {
      const people = stage.platform.tenant(slug)
      employees = []
      for (const lastName of ['Abel', 'Berg'])
        employees.push(
          (
            await people.admin.post('/employees/employees', {
              firstName: 'Kim',
              lastName,
              email: `${lastName}@example.org`,
              entryDate: '2024-01-01',
            })
          ).body,
        )
      visitor = await stage.visit(slug, { size, language, scheme })
      await visitor.signIn(people.credentials.admin, '/app/employees/employees')
    })
    afterAll(() => visitor?.leave())

    const page = () => visitor.page
    const open = async (path: string) => {
      await visitor.open(path)
      await visitor.ready()
    }

    test('an administrator finds them from the list, and none yet', async () => {
      await page().getByRole('link', { name: words.title }).last().click()
      await page().getByRole('heading', { name: words.empty }).waitFor()
      expect(await flaws(visitor)).toEqual([])
      await open('/admin/custom-fields')
      await page().getByRole('link', { name: words.entity }).last().waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('adds a field, with a look at what it will be like', async () => {
      await open('/admin/custom-fields/employees/employee')
      await page().getByRole('button', { name: words.new }).first().click()
      const dialog = page().locator('pl-custom-field-dialog')
      await dialog.getByLabel(words.label).fill('Schicht')
      await dialog.locator('pl-field[data-name="type"] vaadin-select').click()
      await page().getByRole('option', { name: words.choice, exact: true }).click()
      const choices = dialog.locator('pl-field[data-name="choices"] input')
      for (const value of ['Früh', 'Spät']) {
        await choices.fill(value)
        await choices.press('Enter')
      }
      await dialog.getByRole('checkbox', { name: words.listed }).check()
      await dialog.locator('.preview').getByText('Schicht').first().waitFor()
      expect(await flaws(visitor)).toEqual([])
      await dialog.getByRole('button', { name: words.add }).click()
      await page().getByText('custom.schicht').waitFor()
      await dialog.getByLabel(words.label).waitFor({ state: 'hidden' })
    })

    test('calls a value something else', async () => {
      await page().getByRole('button', { name: words.change }).click()
      const dialog = page().locator('pl-custom-field-dialog')
      await dialog.getByRole('textbox', { name: words.valueNamed }).fill('Morgens')
      await dialog.getByRole('button', { name: words.save }).click()
      await dialog.getByLabel(words.label).waitFor({ state: 'hidden' })
      const { body } = await visitor.api('/custom-fields/employees/employee')
      expect(body.items[0].values[0]).toMatchObject({ value: 'fruh', label: { [language]: 'Morgens' } })
    })

    test('puts fields into another order', async () => {
      await page().getByRole('button', { name: words.new }).first().click()
      const dialog = page().locator('pl-custom-field-dialog')
      await dialog.getByLabel(words.label).fill('Parkplatz')
      await dialog.getByRole('button', { name: words.add }).click()
      await page().getByText('custom.parkplatz').waitFor()
      await page().getByRole('button', { name: words.up }).click()
      await expect
        .poll(() => page().locator('pl-entity-fields-page code').allTextContents())
        .toEqual(['custom.parkplatz', 'custom.schicht'])
      expect(await flaws(visitor)).toEqual([])
    })

    test('fills it in with the form, and reads it in the record', async () => {
      await open(`/app/employees/employees/${employees[0]!.id}/edit`)
      await page().getByRole('heading', { name: words.group }).waitFor()
      const field = page().locator('pl-field[data-name="custom.schicht"]')
      await field.locator('vaadin-select').click()
      await page().getByRole('option', { name: 'Spät' }).click()
      expect(await flaws(visitor)).toEqual([])
      await page().getByRole('button', { name: words.save, exact: true }).click()
      await page().getByText('Spät').first().waitFor()
      await page().getByRole('heading', { name: words.group }).waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('narrows the list down by it', async () => {
      await open('/app/employees/employees?sort=-custom.schicht')
      // The list shows the field, and the one with a value first.
      if (size === 'wide') await page().locator('pl-data-grid').getByText('Spät').first().waitFor()
      await open('/app/employees/employees?custom.schicht=spat')
      await page().getByText('Abel').first().waitFor()
      expect(await page().getByText('Berg').count()).toBe(0)
      expect(await flaws(visitor)).toEqual([])
    })

    test('adds an amount that is covered, and a reference, and fills both in', async () => {
      const { admin } = stage.platform.tenant(slug)
      await admin.post('/employees/departments', { name: 'Werkstatt' })
      await open('/admin/custom-fields/employees/employee')
      const dialog = page().locator('pl-custom-field-dialog')
      const choose = async (field: string, option: string | RegExp) => {
        // The box itself: what is below it explains it, and opens nothing.
        await dialog.locator(`pl-field[data-name="${field}"] vaadin-select-value-button`).click()
        const found = page().getByRole('option', { name: option })
        await found.click()
        await found.waitFor({ state: 'hidden' })
      }
      await page().getByRole('button', { name: words.new }).first().click()
      await dialog.getByLabel(words.label).fill('Zulage')
      await choose('type', words.money)
      // Escape closes a list that is open, and not the dialog with what was typed.
      await dialog.locator('pl-field[data-name="currency"] vaadin-select-value-button').click()
      await page().getByRole('option', { name: /^EUR/ }).waitFor()
      await page().keyboard.press('Escape')
      await page().getByRole('option', { name: /^EUR/ }).waitFor({ state: 'hidden' })
      expect(await dialog.getByLabel(words.label).inputValue()).toBe('Zulage')
      await choose('currency', /^EUR/)
      await choose('mask', words.mask)
      expect(await flaws(visitor)).toEqual([])
      await dialog.getByRole('button', { name: words.add }).click()
      await page().getByText('custom.zulage').waitFor()
      await page().getByRole('button', { name: words.new }).first().click()
      await dialog.getByLabel(words.label).fill('Vertritt')
      await choose('type', words.reference)
      await dialog.getByRole('radio', { name: words.department, exact: true }).check()
      expect(await flaws(visitor)).toEqual([])
      await dialog.getByRole('button', { name: words.add }).click()
      await page().getByText('custom.vertritt').waitFor()
      await open(`/app/employees/employees/${employees[1]!.id}/edit`)
      await page()
        .locator('pl-field[data-name="custom.zulage"] input')
        .first()
        .fill('120,50'.replace(',', language === 'de' ? ',' : '.'))
      const target = page().locator('pl-field[data-name="custom.vertritt"] input')
      await target.fill('Werk')
      await page().getByRole('option', { name: 'Werkstatt' }).click()
      expect(await flaws(visitor)).toEqual([])
      await page().getByRole('button', { name: words.save, exact: true }).click()
      await page().getByRole('link', { name: 'Werkstatt' }).waitFor()
      await page().locator('pl-masked-value').getByText('****').waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('archives it, and it is gone; restores it, and its values are back', async () => {
      await open('/admin/custom-fields/employees/employee')
      await page().getByRole('button', { name: words.archiveNamed }).click()
      await page().locator('pl-dialog').getByRole('button', { name: words.archive, exact: true }).click()
      await page().getByRole('heading', { name: words.archived }).waitFor()
      expect(await flaws(visitor)).toEqual([])
      await open(`/app/employees/employees/${employees[0]!.id}`)
      expect(await page().getByText('Spät').count()).toBe(0)
      await open('/admin/custom-fields/employees/employee')
      await page().getByRole('button', { name: words.restoreNamed }).click()
      await page().getByText('custom.schicht').waitFor()
      await open(`/app/employees/employees/${employees[0]!.id}`)
      await page().getByText('Spät').first().waitFor()
      expect(visitor.faults).toEqual([])
    })
  })
})
