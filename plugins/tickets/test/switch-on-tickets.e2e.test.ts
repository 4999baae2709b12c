import type { Locator } from '@plinth/e2e/browser'
import { lacksPlugins, oneJourney } from '@plinth/e2e/platform'
import { flaws, onStage, WINDOWS, type Visitor } from '@plinth/e2e/workspace'
import type { Answer } from '@plinth/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { JOURNEY_WORDS } from './switch-on-words.ts'

const OTHERS = ['neighbour', 'beginner'] as const
const SUBJECT = 'Die Spindel läuft unrund'

describe.skipIf(lacksPlugins('tickets', 'crm', 'employees'))('an administrator switches tickets on', () => {
  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = JOURNEY_WORDS[language]
    const stage = onStage({
      tenants: [
        { slug: 'acme', tier: 'professional', plugins: ['crm'], sampleData: true },
        { slug: 'bare', tier: 'professional', plugins: [] },
        { slug: 'neighbour', tier: 'enterprise' },
        { slug: 'beginner', tier: 'free' },
      ],
    })
    let admin: Visitor
    let member: Visitor
    let before: unknown[]

    beforeAll(async () => {
      admin = await stage.visit('acme', { size, language })
      member = await stage.visit('acme', { size, language })
      before = await othersSee()
    })
    afterAll(async () => {
      await admin?.leave()
      await member?.leave()
    })

    /** What the workspaces that nobody touches are made of. */
    const othersSee = (): Promise<unknown[]> =>
      Promise.all(
        OTHERS.flatMap((slug) => {
          const { admin: theirs } = stage.platform.tenant(slug)
          return [theirs.get('/shell'), theirs.get('/openapi.json')].map(
            async (answer) => (await answer).body,
          )
        }),
      )
    const dialog = (): Locator => admin.page.locator('pl-plan-dialog')
    const toast = (text: string): Locator => admin.page.locator('pl-toaster .toast', { hasText: text })
    const ticketPaths = async (): Promise<string[]> => {
      const { body } = await admin.api('/openapi.json')
      return Object.keys(body.paths).filter((path) => path.includes('/tickets/'))
    }
    /** Plays the switch and waits for its plan. */
    const flip = async (visitor: Visitor, heading: string): Promise<void> => {
      await visitor.page.getByRole('switch', { name: words.switch }).click()
      await visitor.page.getByRole('heading', { name: heading }).waitFor()
    }

    test('both sign in, and find no tickets yet', async () => {
      const { credentials } = stage.platform.tenant('acme')
      await admin.open('/')
      await admin.speak()
      expect(await flaws(admin)).toEqual([])
      await admin.enter(credentials.admin.email, credentials.admin.password)
      await admin.ready()
      expect(await flaws(admin)).toEqual([])
      await member.signIn(credentials.member)
      for (const visitor of [admin, member]) {
        expect(await (await visitor.entry(words.board)).count()).toBe(0)
        // A mark that only a reload would wipe off.
        await visitor.page.evaluate('window.neverReloaded = true')
      }
      expect((await admin.api('/tickets/tickets')).status).toBe(404)
    })

    test('the plan names tickets alone, and nothing has happened yet', async () => {
      await admin.choose(admin.words.plugins)
      expect(await flaws(admin)).toEqual([])
      await flip(admin, words.planOn)
      await expect
        .poll(() => dialog().getByRole('list', { name: words.steps }).locator('.name').allTextContents())
        .toEqual([words.plugin])
      expect(await flaws(admin)).toEqual([])
      expect((await admin.api('/tickets/tickets')).status).toBe(404)
    })

    test('menu, screens and routes appear to everyone there, and to nobody elsewhere', async () => {
      await dialog().getByRole('button', { name: words.on, exact: true }).click()
      await toast(words.isOn).waitFor()
      for (const visitor of [admin, member]) {
        await (await visitor.entry(words.board)).waitFor()
        await visitor.choose(words.board)
        await visitor.page.getByRole('heading', { name: words.quietDay }).waitFor()
        expect(await flaws(visitor)).toEqual([])
        expect(await visitor.page.evaluate('window.neverReloaded')).toBe(true)
        expect(await visitor.api('/tickets/tickets')).toMatchObject({ status: 200, body: { items: [] } })
      }
      expect(await ticketPaths()).not.toEqual([])
      expect(await othersSee()).toEqual(before)
    })

    test('a ticket is written down, with what is missing said first', async () => {
      await admin.page.getByRole('link', { name: words.newTicket }).first().click()
      await admin.page.getByRole('heading', { level: 1, name: words.createTicket }).waitFor()
      await admin.ready()
      expect(await flaws(admin)).toEqual([])
      await admin.page.getByRole('button', { name: admin.words.save, exact: true }).click()
      const subject = admin.page.getByRole('textbox', { name: words.subject })
      await expect.poll(() => subject.getAttribute('aria-invalid')).toBe('true')
      expect(await flaws(admin)).toEqual([])

      await subject.fill(SUBJECT)
      await choose(words.customer)
      await choose(words.assignee)
      await admin.page.getByRole('button', { name: admin.words.save, exact: true }).click()
      await admin.page.getByRole('heading', { level: 1, name: SUBJECT }).waitFor()
      await admin.ready()
      expect(await flaws(admin)).toEqual([])
      const { body } = await admin.api('/tickets/tickets')
      expect(body.items).toMatchObject([{ subject: SUBJECT, status: 'assigned' }])
    })

    /** Takes the first of the records that a reference offers. */
    const choose = async (label: string): Promise<void> => {
      const box = admin.page.getByRole('combobox', { name: label, exact: true })
      await box.click()
      await admin.page.getByRole('option').first().waitFor()
      // Options that are still being fetched have the role as well, but cannot be gone to.
      await expect
        .poll(async () => {
          await box.press('ArrowDown')
          return box.getAttribute('aria-activedescendant')
        })
        .toBeTruthy()
      await box.press('Enter')
      await expect.poll(() => box.inputValue()).not.toBe('')
    }

    test('it stands in the list, which says so when a search finds nothing', async () => {
      await admin.choose(words.tickets)
      await admin.page.getByRole('link', { name: SUBJECT }).waitFor()
      expect(await flaws(admin)).toEqual([])
      await admin.page.getByRole('searchbox').fill('Nichts heißt so')
      await admin.page.getByRole('heading', { name: words.nothingFound }).waitFor()
      expect(await flaws(admin)).toEqual([])
    })

    test('it is moved on the board by keyboard', async () => {
      await admin.choose(words.board)
      const card = admin.page.getByRole('link', { name: SUBJECT })
      await card.focus()
      await admin.page.keyboard.press('Shift+ArrowRight')
      const column = admin.page.getByRole('region', { name: words.inProgress })
      await column.getByRole('link', { name: SUBJECT }).waitFor()
      await expect
        .poll(async () => (await admin.api('/tickets/tickets')).body.items)
        .toMatchObject([{ subject: SUBJECT, status: 'in_progress' }])
      expect(await flaws(admin)).toEqual([])
    })

    test('its customer’s screen tells of it', async () => {
      const [{ customerId }] = (await admin.api('/tickets/tickets')).body.items
      await stage.platform.settled()
      await admin.open(`/app/crm/customers/${customerId}`)
      await admin.ready()
      await admin.page.getByText(SUBJECT).first().waitFor()
      expect(await flaws(admin)).toEqual([])
      await admin.page.evaluate('window.neverReloaded = true')
    })

    test('switching off hides all of it, also from who is looking, and keeps the data', async () => {
      await member.choose(words.customers)
      await member.choose(words.board)
      await member.page.getByRole('link', { name: SUBJECT }).waitFor()
      await admin.choose(admin.words.plugins)
      await flip(admin, words.planOff)
      await dialog().getByText(words.kept).waitFor()
      expect(await flaws(admin)).toEqual([])
      await dialog().getByRole('button', { name: words.off, exact: true }).click()
      await toast(words.isOff).waitFor()
      // Nothing disappears under the pointer: the toast is needed once more.
      await toast(words.isOff).hover()

      await member.page.getByRole('heading', { name: words.gone }).waitFor()
      expect(await flaws(member)).toEqual([])
      for (const visitor of [admin, member]) {
        expect(await (await visitor.entry(words.board)).count()).toBe(0)
        await visitor.closeNavigation()
        expect((await visitor.api('/tickets/tickets')).status).toBe(404)
      }
      expect(await ticketPaths()).toEqual([])
      expect(await stage.platform.sql('SELECT subject, status FROM shared.tickets_ticket')).toEqual(
        expect.arrayContaining([{ subject: SUBJECT, status: 'in_progress' }]),
      )
    })

    test('undoing brings all of it back, the ticket included', async () => {
      await toast(words.isOff).getByRole('button', { name: admin.words.undo }).click()
      await toast(words.undone).waitFor()
      for (const visitor of [admin, member]) {
        await visitor.choose(words.board)
        const column = visitor.page.getByRole('region', { name: words.inProgress })
        await column.getByRole('link', { name: SUBJECT }).waitFor()
        expect(await visitor.page.evaluate('window.neverReloaded')).toBe(true)
      }
      expect(await othersSee()).toEqual(before)
    })

    test('where customers and employees are off, the plan names all three in their order', async () => {
      const visitor = await stage.visit('bare', { size, language })
      await visitor.signIn(stage.platform.tenant('bare').credentials.admin, '/admin/plugins')
      await flip(visitor, words.planOn)
      const steps = visitor.page.getByRole('list', { name: words.steps }).locator('.name')
      await expect.poll(() => steps.allTextContents()).toEqual(words.all)
      expect(await flaws(visitor)).toEqual([])
      await visitor.page.getByRole('button', { name: words.allOn }).click()
      await visitor.page.locator('pl-toaster .toast', { hasText: words.allAreOn }).waitFor()
      for (const name of [words.customers, words.board]) await (await visitor.entry(name)).waitFor()
      await visitor.leave()
    })

    test('a free workspace is told the tier that is needed, in the page and by the API', async () => {
      const visitor = await stage.visit('beginner', { size, language })
      const { admin: client, credentials } = stage.platform.tenant('beginner')
      await visitor.signIn(credentials.admin, '/admin/plugins')
      expect(await visitor.page.getByRole('switch', { name: words.switch }).count()).toBe(0)
      await visitor.page.getByRole('button', { name: words.locked }).click()
      await visitor.page.getByText(words.lockedWhy).waitFor()
      expect(await flaws(visitor)).toEqual([])
      const plan = await client.post('/plugins/tickets/plan', { action: 'enable' })
      const refusal: Answer = await client.post('/plugins/tickets/apply', {
        action: 'enable',
        hash: plan.body.hash,
      })
      for (const answer of [refusal, await visitor.api('/tickets/tickets')])
        expect(answer).toMatchObject({ status: 402, body: { code: 'tier_required', tier: 'professional' } })
      await visitor.leave()
    })
  })
})
