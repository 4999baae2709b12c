import { lacksPlugins, oneJourney } from '@plinth/e2e/platform'
import { flaws, onStage, WINDOWS, type Visitor } from '@plinth/e2e/workspace'
import { makeRecord } from '@plinth/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const WORDS = {
  de: {
    several: 'Mehrere auswählen',
    merge: 'Zusammenführen',
    stays: 'Bleibt bestehen',
    missing: 'Bitte ausfüllen.',
    chosen: 'Zusammenführen: 2 ausgewählt',
    done: 'Zusammenführen: erledigt',
  },
  en: {
    several: 'Select several',
    merge: 'Merge',
    stays: 'Stays',
    missing: 'Please fill this in.',
    chosen: 'Merge: 2 selected',
    done: 'Merge: done',
  },
} as const

const CUSTOMERS = '/crm/customers'

describe.skipIf(lacksPlugins('crm', 'employees'))('a customer who was entered twice', () => {
  const stage = onStage({
    tenants: [
      { slug: 'wide', plugins: ['crm'] },
      { slug: 'narrow', plugins: ['crm'] },
    ],
  })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let lead: Visitor
    let goes = ''

    beforeAll(async () => {
      const { admin, credentials } = stage.platform.tenant(size)
      await makeRecord(admin, 'crm.customer', { name: 'Feinkost Möwe' })
      goes = (await makeRecord(admin, 'crm.customer', { name: 'Möwe Feinkost GmbH & Co. KG' })).id
      await makeRecord(admin, 'crm.customer', { name: 'Zeltbau Nord' })
      await makeRecord(admin, 'crm.contact', { customerId: goes, firstName: 'Ines', lastName: 'Kröger' })
      lead = await stage.visit(size, { size, language })
      await lead.signIn(credentials.admin, `/app${CUSTOMERS}`)
    })
    afterAll(() => lead?.leave())

    const dialog = () => lead.page.locator('body > pl-dialog')
    const tick = (name: RegExp) => lead.page.getByRole('checkbox', { name }).click()
    const inBar = (name: string) =>
      lead.page.locator('pl-bulk-bar').getByRole('button', { name, exact: true })

    test('is chosen in the list, both times', async () => {
      await lead.page.getByRole('button', { name: words.several }).click()
      await tick(/Feinkost Möwe/)
      expect(await inBar(words.merge).isDisabled()).toBe(true)
      await tick(/Möwe Feinkost/)
      expect(await flaws(lead)).toEqual([])
      await inBar(words.merge).click()
      await dialog().getByRole('heading', { name: words.chosen }).waitFor()
    })

    test('becomes one when it has been said which of them stays', async () => {
      await dialog().getByRole('button', { name: words.merge, exact: true }).click()
      await dialog().getByText(words.missing).first().waitFor()
      expect(await flaws(lead)).toEqual([])
      await dialog()
        .locator('pl-field[data-name="keepId"]')
        .getByRole('button', { name: words.stays })
        .click()
      await lead.page.getByRole('option', { name: /Feinkost Möwe · K-1001/ }).click()
      await dialog().getByRole('button', { name: words.merge, exact: true }).click()
      await dialog().waitFor({ state: 'detached' })
      await lead.page.getByText(words.done).waitFor()
      await lead.page
        .locator('pl-data-grid')
        .getByText('Möwe Feinkost')
        .first()
        .waitFor({ state: 'detached' })
      expect(await flaws(lead)).toEqual([])
    })

    test('has the contacts of both, and the other one lies in the trash', async () => {
      const { body } = await lead.api(`${CUSTOMERS}?filter={"number":"K-1001"}`)
      await lead.open(`/app${CUSTOMERS}/${body.items[0].id}`)
      await lead.page.getByText('Kröger').first().waitFor()
      await lead.open(`/app${CUSTOMERS}/trash`)
      await lead.page.getByText('Möwe Feinkost GmbH & Co. KG').first().waitFor()
      expect(await flaws(lead)).toEqual([])
    })
  })
})
