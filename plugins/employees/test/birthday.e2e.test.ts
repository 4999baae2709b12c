import { lacksPlugins, oneJourney } from '@plinth/e2e/platform'
import { flaws, onStage, type Visitor, WINDOWS } from '@plinth/e2e/workspace'
import { makeRecord } from '@plinth/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const WORDS = {
  de: {
    show: /Geburtsdatum zeigen/,
    copy: 'Geburtsdatum kopieren',
    hide: 'Geburtsdatum wieder verdecken',
    replace: 'Neu eingeben: Geburtsdatum',
    keep: 'Doch behalten: 1985',
    field: 'Geburtsdatum',
    title: 'Position',
    day: '31.03.1985',
    other: '24.12.1990',
  },
  en: {
    show: /Show Date of birth/,
    copy: 'Copy Date of birth',
    hide: 'Cover Date of birth again',
    replace: 'Enter anew: Date of birth',
    keep: 'Keep it: 1985',
    field: 'Date of birth',
    title: 'Job title',
    day: '31/03/1985',
    other: '24/12/1990',
  },
} as const

describe.skipIf(lacksPlugins('employees'))('a date of birth', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['employees'] }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let lead: Visitor
    let colleague: Visitor
    let path: string

    beforeAll(async () => {
      const { admin, credentials } = stage.platform.tenant('acme')
      const { id } = await makeRecord(admin, 'employees.employee', {
        firstName: 'Jule',
        lastName: 'Marxen',
        birthDate: '1985-03-31',
      })
      path = `/app/employees/employees/${id}`
      lead = await stage.visit('acme', { size, language })
      await lead.signIn(credentials.admin, path)
      colleague = await stage.visit('acme', { size, language })
      await colleague.signIn(credentials.member, path)
    })
    afterAll(async () => {
      await lead?.leave()
      await colleague?.leave()
    })

    test('shows colleagues the year and nothing to press', async () => {
      await colleague.page.locator('pl-masked-value').getByText('1985', { exact: true }).waitFor()
      expect(await colleague.page.getByRole('button', { name: words.show }).count()).toBe(0)
      expect(await flaws(colleague)).toEqual([])
    })

    test('is uncovered by whoever may, and covered again', async () => {
      await lead.page.getByRole('button', { name: words.show }).click()
      await lead.page.getByText(words.day).waitFor()
      await lead.page.getByRole('button', { name: words.copy }).waitFor()
      expect(await flaws(lead)).toEqual([])
      const { body } = await lead.api(`/audit?subjectId=${path.split('/').at(-1)!}`)
      expect(body.items[0].action).toBe('employees.employee.revealed')
      await lead.page.getByRole('button', { name: words.hide }).click()
      await lead.page.getByText(words.day).waitFor({ state: 'detached' })
    })

    test('stays as it is when something else is changed in the form', async () => {
      await lead.open(`${path}/edit`)
      await lead.ready()
      await lead.page.getByRole('button', { name: words.replace }).waitFor()
      expect(await flaws(lead)).toEqual([])
      await lead.page.getByRole('button', { name: words.replace }).click()
      await lead.page.getByRole('button', { name: words.keep }).click()
      await lead.page.getByRole('textbox', { name: words.title }).fill('Lotsin')
      await lead.page.getByRole('button', { name: lead.words.save, exact: true }).click()
      await lead.page.getByText('Lotsin').first().waitFor()
      const { body } = await lead.api(`${path.replace('/app', '')}?reveal=birthDate`)
      expect(body.birthDate).toBe('1985-03-31')
    })

    test('is replaced by another one', async () => {
      await lead.open(`${path}/edit`)
      await lead.ready()
      await lead.page.getByRole('button', { name: words.replace }).click()
      await lead.page.getByRole('combobox', { name: words.field }).fill(words.other)
      await lead.page.keyboard.press('Enter')
      // A calendar that fills the window is left by choosing the day it shows.
      if (lead.isNarrow) await lead.page.locator('vaadin-month-calendar [part~="focused"]').click()
      // Typing faster than the calendar opens must not leave the page hidden from a screen reader.
      await lead.page.getByRole('button', { name: lead.words.save, exact: true }).click()
      await lead.page.locator('pl-masked-value').getByText('1990').waitFor()
      const { body } = await lead.api(`${path.replace('/app', '')}?reveal=birthDate`)
      expect(body.birthDate).toBe('1990-12-24')
    })
  })
})
