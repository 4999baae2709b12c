import { lacksPlugins, oneJourney } from '@plinth/e2e/platform'
import { flaws, onStage, type Visitor, WINDOWS } from '@plinth/e2e/workspace'
import { makeRecord } from '@plinth/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const WORDS = {
  de: {
    field: 'Bankverbindung (IBAN)',
    hint: 'Wird verschlüsselt gespeichert.',
    sealed: 'Verschlüsselt gespeichert',
    show: /Bankverbindung \(IBAN\) zeigen/,
    replace: 'Neu eingeben: Bankverbindung (IBAN)',
    unreadable: 'Nicht lesbar',
    stays: /Der gespeicherte Wert ist nicht lesbar/,
    phone: 'Telefon',
  },
  en: {
    field: 'Bank account (IBAN)',
    hint: 'Stored encrypted.',
    sealed: 'Stored encrypted',
    show: /Show Bank account \(IBAN\)/,
    replace: 'Enter anew: Bank account (IBAN)',
    unreadable: 'Cannot be read',
    stays: /The stored value cannot be read/,
    phone: 'Phone',
  },
} as const

const IBAN = 'DE89 3704 0044 0532 0130 00'
const OTHER = 'DE94 1203 0000 0000 0030 00'
const EMPLOYEES = '/employees/employees'

describe.skipIf(lacksPlugins('employees'))('a bank account', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['employees'] }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let lead: Visitor
    let id: string

    beforeAll(async () => {
      const { admin, credentials } = stage.platform.tenant('acme')
      ;({ id } = await makeRecord(admin, 'employees.employee', { firstName: 'Ida', lastName: 'Kern' }))
      lead = await stage.visit('acme', { size, language })
      await lead.signIn(credentials.admin, `/app${EMPLOYEES}/${id}/edit`)
    })
    afterAll(() => lead?.leave())

    const save = () => lead.page.getByRole('button', { name: lead.words.save, exact: true }).click()
    const stored = async (): Promise<unknown> => (await lead.api(`${EMPLOYEES}/${id}?reveal=iban`)).body.iban

    test('is entered in a form that says how it is kept', async () => {
      await lead.ready()
      await lead.page.getByText(words.hint).waitFor()
      await lead.page.getByRole('textbox', { name: words.field }).fill(IBAN)
      expect(await flaws(lead)).toEqual([])
      await save()
      await lead.page.locator('pl-masked-value').getByText('DE** **** 3000').waitFor()
      expect(await stored()).toBe(IBAN.replaceAll(' ', ''))
    })

    test('stands covered in the record, with a lock, and opens for whoever may see it', async () => {
      await lead.page.getByRole('img', { name: words.sealed }).waitFor()
      await lead.page.getByRole('button', { name: words.show }).click()
      await lead.page.getByText(IBAN).waitFor()
      expect(await flaws(lead)).toEqual([])
    })

    test('is nowhere in the database, and found by the whole of it', async () => {
      const filter = encodeURIComponent(JSON.stringify({ iban: IBAN }))
      const found = await lead.api(`${EMPLOYEES}?filter=${filter}`)
      expect(found.body.items.map((item: { id: string }) => item.id)).toContain(id)
      const rows = await stage.platform.sql<{ row: string }>(
        'SELECT t::text AS row FROM shared.employees_employee t WHERE id = $1',
        [id],
      )
      expect(rows).toHaveLength(1)
      expect(rows[0]!.row).not.toContain('0532013000')
    })

    test('is replaced by another one', async () => {
      await lead.open(`/app${EMPLOYEES}/${id}/edit`)
      await lead.ready()
      await lead.page.getByRole('button', { name: words.replace }).click()
      await lead.page.getByRole('textbox', { name: words.field }).fill(OTHER)
      await save()
      await lead.page.locator('pl-masked-value').getByText('DE** **** 3000').waitFor()
      expect(await stored()).toBe(OTHER.replaceAll(' ', ''))
    })

    test('is marked when it is damaged, which keeps nobody from changing the rest', async () => {
      await stage.platform.sql(
        `UPDATE shared.employees_employee SET iban = set_byte(iban, 20, 255 - get_byte(iban, 20)) WHERE id = $1`,
        [id],
      )
      await lead.open(`/app${EMPLOYEES}/${id}`)
      await lead.page.getByText(words.unreadable).waitFor()
      expect(await flaws(lead)).toEqual([])
      await lead.open(`/app${EMPLOYEES}/${id}/edit`)
      await lead.ready()
      await lead.page.getByText(words.stays).waitFor()
      expect(await flaws(lead)).toEqual([])
      await lead.page.getByRole('textbox', { name: words.phone }).fill('+49 40 123456')
      await save()
      await lead.page.getByText('+49 40 123456').waitFor()
      await lead.page.getByText(words.unreadable).waitFor()
    })

    test('is entered anew then', async () => {
      await lead.open(`/app${EMPLOYEES}/${id}/edit`)
      await lead.ready()
      await lead.page.getByRole('textbox', { name: words.field }).fill(IBAN)
      await save()
      await lead.page.locator('pl-masked-value').getByText('DE** **** 3000').waitFor()
      expect(await stored()).toBe(IBAN.replaceAll(' ', ''))
    })
  })
})
