import { readFile } from 'node:fs/promises'
import type { Download } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workbookRows } from './documents/workbook.ts'
import { lacksPlugins, oneJourney } from './platform/index.ts'
import { flaws, onStage, type Visitor, WINDOWS } from './workspace/index.ts'

const CUSTOMERS = '/crm/customers'

const WORDS = {
  de: {
    active: 'Aktiv',
    menu: 'Import und Export',
    count: '2 Einträge, wie jetzt gefiltert und sortiert',
    csv: 'CSV, angezeigte Spalten',
    csvForPrograms: 'CSV für Programme',
    xlsx: 'Excel, alle Felder',
    order: 'Reihenfolge',
    down: 'Nach Name, absteigend',
    head: 'Nummer;Name;Status;Betreut von;Betreut von (Name);E-Mail;Telefon;Schlagwörter',
    separator: ';',
    fields: ['Name', 'Zahlungsziel in Tagen', 'Rechnungsanschrift (Ort)'],
  },
  en: {
    active: 'Active',
    menu: 'Import and export',
    count: '2 entries, as filtered and sorted now',
    csv: 'CSV, shown columns',
    csvForPrograms: 'CSV for programs',
    xlsx: 'Excel, all fields',
    order: 'Order',
    down: 'By Name, descending',
    head: 'Number,Name,Status,Owner,Owner (Name),E-mail,Phone,Tags',
    separator: ',',
    fields: ['Name', 'Payment term in days', 'Billing address (City)'],
  },
} as const

describe.skipIf(lacksPlugins('crm'))('taking customers out as files', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['crm'] }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor

    beforeAll(async () => {
      const { admin, credentials } = stage.platform.tenant('acme')
      for (const { id } of (await admin.get(CUSTOMERS)).body.items) await admin.delete(`${CUSTOMERS}/${id}`)
      const billingAddress = { city: 'Köln', country: 'DE' }
      await admin.post(CUSTOMERS, { name: 'Amsel AG', status: 'active', billingAddress })
      await admin.post(CUSTOMERS, { name: 'Buche GmbH', status: 'lead' })
      await admin.post(CUSTOMERS, { name: 'Cedar Ltd', status: 'active', tags: ['wood'] })
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(credentials.admin, `/app${CUSTOMERS}`)
    })
    afterAll(() => visitor?.leave())

    const page = () => visitor.page
    const row = (name: string) => page().locator('pl-data-grid').getByText(name, { exact: true }).first()

    async function take(item: string): Promise<Download> {
      await page().getByRole('button', { name: words.menu, exact: true }).click()
      const [download] = await Promise.all([
        page().waitForEvent('download'),
        page().getByRole('menuitem', { name: item, exact: true }).click(),
      ])
      return download
    }

    test('the list is narrowed down and put into another order', async () => {
      await page().getByRole('radio', { name: words.active, exact: true }).click()
      await row('Buche GmbH').waitFor({ state: 'detached' })
      // Cards have no heads to press.
      if (size === 'narrow')
        await page().getByLabel(words.order, { exact: true }).selectOption({ label: words.down })
      else {
        await page().locator('pl-data-grid').getByRole('button', { name: 'Name' }).click()
      }
      await expect.poll(() => new URL(page().url()).searchParams.get('sort')).toBe('-name')
      await row('Amsel AG').waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('the menu says what will be in the file', async () => {
      await page().getByRole('button', { name: words.menu, exact: true }).click()
      await page().getByText(words.count, { exact: true }).waitFor()
      expect(await flaws(visitor)).toEqual([])
      await page().keyboard.press('Escape')
    })

    test('a text file has the columns that are shown, and only what the filter leaves', async () => {
      const download = await take(words.csv)
      expect(download.suggestedFilename()).toMatch(/^customers-\d{4}-\d\d-\d\d\.csv$/)
      const file = await readFile(await download.path(), 'utf8')
      const [head, ...rows] = file.replace('\ufeff', '').trimEnd().split('\r\n')
      expect(head).toBe(words.head)
      expect(rows.map((line) => line.split(words.separator).slice(1, 3))).toEqual([
        ['Cedar Ltd', words.active],
        ['Amsel AG', words.active],
      ])
    })

    test('one for programs has names and values as the API has them', async () => {
      const file = await readFile(await (await take(words.csvForPrograms)).path(), 'utf8')
      const [head = '', ...rows] = file.trimEnd().split('\r\n')
      const at = head.split(',').indexOf('status')
      expect(at).toBeGreaterThan(0)
      expect(rows.map((line) => line.split(',')[at])).toEqual(['active', 'active'])
    })

    test('a workbook has all fields', async () => {
      const download = await take(words.xlsx)
      expect(download.suggestedFilename()).toMatch(/^customers-\d{4}-\d\d-\d\d\.xlsx$/)
      const [head = [], ...rows] = workbookRows(await readFile(await download.path()))
      expect(head).toEqual(expect.arrayContaining([...words.fields]))
      const cells = rows.map((cell) => words.fields.map((field) => cell[head.indexOf(field)] ?? ''))
      expect(cells).toEqual([
        ['Cedar Ltd', '14', ''],
        ['Amsel AG', '14', 'Köln'],
      ])
      expect(visitor.faults).toEqual([])
    })
  })
})
