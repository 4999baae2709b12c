import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacksPlugins, oneJourney } from './platform/index.ts'
import { flaws, onStage, WINDOWS, type Visitor } from './workspace/index.ts'

const CUSTOMERS = '/crm/customers'

const WORDS = {
  de: {
    menu: 'Import und Export',
    item: 'Datei importieren …',
    heading: 'Import: Kunden',
    choose: 'Datei wählen',
    unreadable: /Die Datei lässt sich nicht lesen/,
    becomes: (name: string) => `„${name}“ wird zu`,
    leaveOut: 'Weglassen',
    fallback: 'Wert, wo die Zelle leer ist',
    fallbackOf: (name: string) => `Wert für ${name}, wo die Zelle leer ist`,
    check: 'Prüfen',
    foreseen: 'Das würde der Import tun',
    back: 'Zurück zu den Spalten',
    run: (count: number) => (count === 1 ? 'Eine Zeile importieren' : `${count} Zeilen importieren`),
    done: 'Der Import ist fertig',
    download: 'Abgelehnte Zeilen herunterladen',
    another: 'Weitere Datei importieren',
    list: 'Zu Kunden',
    rows: 'Zeilen',
    update: 'ändern vorhandene Einträge',
    found: 'Einträge werden erkannt an',
    reasons: ['Zeile 4', 'Name: Hier fehlt ein Wert.', 'E-Mail: Bitte eine E-Mail-Adresse'],
    header: 'Abgelehnt, weil',
    changed: 'geändert',
  },
  en: {
    menu: 'Import and export',
    item: 'Import a file …',
    heading: 'Import: Customers',
    choose: 'Choose a file',
    unreadable: /The file cannot be read/,
    becomes: (name: string) => `“${name}” becomes`,
    leaveOut: 'Leave out',
    fallback: 'Value where the cell is empty',
    fallbackOf: (name: string) => `Value for ${name} where the cell is empty`,
    check: 'Check',
    foreseen: 'This is what the import would do',
    back: 'Back to the columns',
    run: (count: number) => (count === 1 ? 'Import one row' : `Import ${count} rows`),
    done: 'The import is done',
    download: 'Download refused rows',
    another: 'Import another file',
    list: 'To Customers',
    rows: 'Rows',
    update: 'change entries that exist',
    found: 'Entries are found by',
    reasons: ['Row 4', 'Name: A value is needed here.', 'E-Mail: Please enter an e-mail address'],
    header: 'Refused because',
    changed: 'changed',
  },
} as const

/** As a German spreadsheet saves it: semicolons, Windows-1252, a column nobody knows. */
const table = (mark: string): Buffer =>
  Buffer.from(
    [
      'Name;E-Mail;Zahlungsziel in Tagen;Status;Rechnungsanschrift (Ort);Bemerkung',
      `Müller & Söhne ${mark};info@mueller.example;30;Aktiv;Köln;x`,
      `Grün GmbH ${mark};;14;;Düren;`,
      ';keine Adresse;14;;;',
    ].join('\r\n'),
    'latin1',
  )

describe.skipIf(lacksPlugins('crm'))('bringing customers in from a file', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['crm'] }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor

    beforeAll(async () => {
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(stage.platform.tenant('acme').credentials.admin, `/app${CUSTOMERS}`)
    })
    afterAll(() => visitor?.leave())

    const heading = (name: string) => visitor.page.getByRole('heading', { name, exact: true })
    const button = (name: string) => visitor.page.getByRole('button', { name, exact: true })
    const choose = (name: string, buffer: Buffer) =>
      visitor.page
        .getByLabel(words.choose)
        .setInputFiles({ name, mimeType: 'application/vnd.ms-excel', buffer })
    const column = (name: string) => visitor.page.getByLabel(words.becomes(name), { exact: true })
    const customers = async (): Promise<Record<string, any>[]> => {
      const filter = encodeURIComponent(JSON.stringify({ name: { contains: language } }))
      return (await visitor.api(`${CUSTOMERS}?sort=name&filter=${filter}`)).body.items
    }

    test('the list leads to it, and it says when a file is none', async () => {
      await button(words.menu).click()
      await visitor.page.getByRole('menuitem', { name: words.item }).click()
      await heading(words.heading).waitFor()
      expect(await flaws(visitor)).toEqual([])
      await choose('picture.png', Buffer.from('PK\u0003\u0004 nothing of the kind'))
      await visitor.page.getByText(words.unreadable).waitFor()
      visitor.faults.length = 0
      expect(await flaws(visitor)).toEqual([])
    })

    test('columns are proposed by their headers, and can be assigned otherwise', async () => {
      await choose('Meine Kunden.csv', table(language))
      await column('Bemerkung').waitFor()
      const proposed = await Promise.all(
        ['Name', 'E-Mail', 'Zahlungsziel in Tagen', 'Status', 'Rechnungsanschrift (Ort)', 'Bemerkung'].map(
          (name) => column(name).inputValue(),
        ),
      )
      expect(proposed).toEqual(['name', 'email', 'paymentTermDays', 'status', 'billingAddress.city', ''])
      await column('Bemerkung').selectOption('tags')
      await expect.poll(() => column('Bemerkung').inputValue()).toBe('tags')
      expect(await flaws(visitor)).toEqual([])
      await column('Name').selectOption({ label: words.leaveOut })
      await expect.poll(() => button(words.check).isDisabled()).toBe(true)
      await column('Name').selectOption('name')
      await expect.poll(() => button(words.check).isEnabled()).toBe(true)
    })

    test('a column gets a value for cells that are empty, by keyboard', async () => {
      const row = visitor.page.getByRole('listitem').filter({ has: column('Status') })
      await row.getByText(words.fallback).focus()
      await visitor.page.keyboard.press('Enter')
      const value = visitor.page.getByLabel(words.fallbackOf('Status'), { exact: true })
      await value.fill('Aktiv')
      await visitor.page.keyboard.press('Tab')
      const saved = async () => {
        const id = new URL(visitor.page.url()).searchParams.get('id')
        const { body } = await visitor.api(`${CUSTOMERS}/imports/${id}`)
        return body.settings.columns[3]
      }
      await expect.poll(saved).toEqual({ target: 'status', default: 'Aktiv' })
      expect(await flaws(visitor)).toEqual([])
      // It is still there when the page is read anew.
      await visitor.page.reload()
      await value.waitFor()
      expect(await value.inputValue()).toBe('Aktiv')
    })

    test('a check says by row and column what would be refused, and saves nothing', async () => {
      await button(words.check).click()
      await heading(words.foreseen).waitFor()
      for (const reason of words.reasons) await visitor.page.getByText(reason).first().waitFor()
      expect(await flaws(visitor)).toEqual([])
      expect(await customers()).toEqual([])
      // As after a tea: the address is all it takes.
      await visitor.page.reload()
      await heading(words.foreseen).waitFor()
    })

    test('what is right comes in, and what was refused as a file to be repaired', async () => {
      await button(words.run(2)).focus()
      await visitor.page.keyboard.press('Enter')
      await heading(words.done).waitFor()
      expect(await flaws(visitor)).toEqual([])
      expect(await customers()).toMatchObject([
        { name: `Grün GmbH ${language}`, paymentTermDays: 14, status: 'active' },
        {
          name: `Müller & Söhne ${language}`,
          email: 'info@mueller.example',
          status: 'active',
          billingAddress: { city: 'Köln' },
          tags: ['x'],
        },
      ])
      const [download] = await Promise.all([
        visitor.page.waitForEvent('download'),
        visitor.page.getByRole('link', { name: words.download }).click(),
      ])
      const file = await readFile(await download.path(), 'utf8')
      expect(file).toContain(`;Bemerkung;${words.header}`)
      expect(file.split('\r\n')[1]).toMatch(/^;keine Adresse;14;/)
    })

    test('records that are there are changed by what tells them apart', async () => {
      const [customer] = await customers()
      await button(words.another).click()
      await choose('Neue Nummern.csv', Buffer.from(`Nummer;Telefon\n${customer!['number']};+49 40 1234567\n`))
      await column('Telefon').waitFor()
      await visitor.page.getByLabel(words.rows, { exact: true }).selectOption({ label: words.update })
      await visitor.page.getByLabel(words.found).waitFor()
      expect(await visitor.page.getByLabel(words.found).inputValue()).toBe('number')
      await expect.poll(() => button(words.check).isEnabled()).toBe(true)
      await button(words.check).click()
      await button(words.run(1)).click()
      await heading(words.done).waitFor()
      expect((await customers())[0]).toMatchObject({ phone: '+49 40 1234567', name: customer!['name'] })
      await visitor.page.getByRole('link', { name: words.list }).click()
      await visitor.page.getByText(`Müller & Söhne ${language}`).first().waitFor()
    })
  })
})
