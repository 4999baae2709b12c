import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacksPlugins, oneJourney } from './platform/index.ts'
import { flaws, onStage, type Visitor, WINDOWS } from './workspace/index.ts'

const WORDS = {
  de: {
    shown: '02.01.2026, 08:30',
    changed: '02.01.2026, 09:45',
    zone: 'Uhrzeit in Asia/Tokyo.',
    date: '02.01.2026',
  },
  en: {
    shown: '02/01/2026, 08:30',
    changed: '02/01/2026, 09:45',
    zone: 'Time in Asia/Tokyo.',
    date: '02/01/2026',
  },
} as const

describe.skipIf(lacksPlugins('crm', 'employees'))('a workspace far from its members', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['crm'], timeZone: 'Asia/Tokyo' }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor
    let customerId: string
    let activityId: string

    beforeAll(async () => {
      const { admin, credentials } = stage.platform.tenant('acme')
      customerId = (await admin.post('/crm/customers', { name: `Hagemann ${language}` })).body.id
      const activity = { customerId, kind: 'note', subject: 'Angebot', occurredAt: '2026-01-01T23:30:00Z' }
      activityId = (await admin.post('/crm/activities', activity)).body.id
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(credentials.admin, `/app/crm/customers/${customerId}`)
    })
    afterAll(() => visitor?.leave())

    test('shows times as clocks there do, on the day it was there', async () => {
      const timeline = visitor.page.locator('crm-customer-timeline')
      await timeline.getByText('08:30').waitFor()
      await timeline.locator('#day-2026-01-02').waitFor()
      await visitor.open(`/app/crm/activities/${activityId}`)
      await visitor.ready()
      await visitor.page.locator('pl-outlet').getByText(words.shown).waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('takes times as clocks there show them, and says so', async () => {
      const given = { customerId, kind: 'note', subject: 'Nachtrag', occurredAt: '2026-01-01T23:30:00Z' }
      await visitor.open(`/app/crm/activities/new?${new URLSearchParams(given).toString()}`)
      await visitor.ready()
      const picker = visitor.page.locator('vaadin-date-time-picker')
      await picker.getByText(words.zone).waitFor()
      const [date, time] = [picker.getByRole('combobox').nth(0), picker.getByRole('combobox').nth(1)]
      await expect.poll(() => date.inputValue()).toBe(words.date)
      await expect.poll(() => time.inputValue()).toBe('08:30')
      expect(await flaws(visitor)).toEqual([])
      await time.fill('09:45')
      await visitor.page.keyboard.press('Tab')
      await visitor.page.getByRole('button', { name: visitor.words.save, exact: true }).click()
      await visitor.page.locator('pl-outlet').getByText(words.changed).waitFor()
      const { body } = await visitor.api(
        `/crm/activities?filter={"subject":"Nachtrag","customerId":"${customerId}"}`,
      )
      expect(body.items).toMatchObject([{ occurredAt: '2026-01-02T00:45:00+00:00' }])
      expect(await flaws(visitor)).toEqual([])
    })
  })
})
