import { lacksPlugins, oneJourney } from '@plinth/e2e/platform'
import { flaws, onStage, type Visitor, WINDOWS } from '@plinth/e2e/workspace'
import { makeRecord } from '@plinth/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const WORDS = {
  de: {
    act: 'Deaktivieren',
    back: 'Wieder aktivieren',
    date: 'Austritt',
    day: '31.12.2025',
    done: 'Deaktivieren: erledigt',
    left: 'Ausgeschieden',
    active: 'Aktiv',
  },
  en: {
    act: 'Deactivate',
    back: 'Reactivate',
    date: 'Exit date',
    day: '31/12/2025',
    done: 'Deactivate: done',
    left: 'Left',
    active: 'Active',
  },
} as const

describe.skipIf(lacksPlugins('employees'))('someone who leaves', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['employees'] }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let lead: Visitor
    let path: string

    beforeAll(async () => {
      const { admin, credentials } = stage.platform.tenant('acme')
      const { id } = await makeRecord(admin, 'employees.employee', {
        firstName: 'Jule',
        lastName: 'Marxen',
        entryDate: '2024-03-01',
        exitDate: null,
        status: 'active',
      })
      path = `/app/employees/employees/${id}`
      lead = await stage.visit('acme', { size, language })
      await lead.signIn(credentials.admin, path)
    })
    afterAll(() => lead?.leave())

    const button = (name: string) =>
      lead.page.locator('pl-entity-detail').getByRole('button', { name, exact: true })
    const dialog = () => lead.page.locator('body > pl-dialog')
    const record = async () => (await lead.api(path.replace('/app', ''))).body

    test('colleagues are offered nothing', async () => {
      const colleague = await stage.visit('acme', { size, language })
      await colleague.signIn(stage.platform.tenant('acme').credentials.member, path)
      await colleague.page.getByRole('heading', { level: 1, name: 'Jule Marxen' }).waitFor()
      expect(await colleague.page.getByRole('button', { name: words.act }).count()).toBe(0)
      await colleague.leave()
    })

    test('a form asks what there is to say, and can be left with a key', async () => {
      await button(words.act).focus()
      await lead.page.keyboard.press('Enter')
      await dialog()
        .getByRole('heading', { name: `${words.act}: Jule Marxen` })
        .waitFor()
      await dialog().getByRole('combobox', { name: words.date }).waitFor()
      expect(await flaws(lead)).toEqual([])
      await lead.page.keyboard.press('Escape')
      await dialog().waitFor({ state: 'detached' })
      expect((await record()).status).toBe('active')
    })

    test('what is refused stands at its field, and goes when it is corrected', async () => {
      await button(words.act).click()
      await dialog().getByRole('button', { name: words.act, exact: true }).click()
      const refusal = /Austrittsdatum|needs an exit date/
      await dialog().locator('pl-field[data-name="exitDate"]').getByText(refusal).first().waitFor()
      // The browser says of every refusal that it was one.
      lead.faults.length = 0
      // What is wrong can be read: no calendar has opened over it, though the field has the focus.
      await expect
        .poll(() =>
          lead.page.evaluate(`(() => {
          let focused = document.activeElement
          while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
          const picker = focused?.closest('vaadin-date-picker')
          return picker ? Boolean(picker.opened) : 'elsewhere'
        })()`),
        )
        .toBe(false)
      expect(await lead.page.locator('vaadin-month-calendar').count()).toBe(0)
      expect(await flaws(lead)).toEqual([])
      if (lead.isNarrow) {
        // Touched, the calendar fills the window, with today in its middle.
        await dialog().getByRole('combobox', { name: words.date }).click()
        await lead.page.locator('vaadin-month-calendar [part~="focused"]').click()
      } else {
        await dialog().getByRole('combobox', { name: words.date }).fill(words.day)
        await lead.page.keyboard.press('Enter')
      }
      await dialog().getByRole('button', { name: words.act, exact: true }).click()
      await dialog().waitFor({ state: 'detached' })
      await lead.page.getByText(words.done).waitFor()
      await button(words.back).waitFor()
      await lead.page.locator('pl-entity-detail pl-status').getByText(words.left).first().waitFor()
      expect(await record()).toMatchObject({
        status: 'left',
        exitDate: lead.isNarrow ? expect.any(String) : '2025-12-31',
      })
      expect(await flaws(lead)).toEqual([])
    })

    test('it is taken back after a question', async () => {
      await button(words.back).click()
      await dialog()
        .getByRole('heading', { name: `${words.back}: Jule Marxen` })
        .waitFor()
      expect(await flaws(lead)).toEqual([])
      await dialog().getByRole('button', { name: words.back, exact: true }).click()
      await button(words.act).waitFor()
      await lead.page.locator('pl-entity-detail pl-status').getByText(words.active).first().waitFor()
      expect(await record()).toMatchObject({ status: 'active', exitDate: null })
    })
  })
})
