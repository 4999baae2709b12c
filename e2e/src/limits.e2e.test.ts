import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneJourney } from './platform/index.ts'
import { flaws, focused, onStage, WINDOWS, type Visitor } from './workspace/index.ts'

const WORDS = {
  de: {
    invite: 'Einladen',
    name: 'Name',
    address: 'E-Mail-Adresse',
    send: 'Einladung senden',
    used: (used: number) => `${used} von 5 Mitgliedern`,
    more: 'Der Tarif Professional hat 100.',
    refused: 'Die Grenze ist erreicht: 5 von 5 (Mitglieder). Der Tarif Professional hat 100.',
    actions: (email: string) => `Aktionen zur Einladung an ${email}`,
    withdraw: 'Zurückziehen',
  },
  en: {
    invite: 'Invite',
    name: 'Name',
    address: 'E-mail address',
    send: 'Send invitation',
    used: (used: number) => `${used} of 5 members`,
    more: 'The tier Professional has 100.',
    refused: 'The limit is reached: 5 of 5 (Members). The tier Professional has 100.',
    actions: (email: string) => `Actions for the invitation to ${email}`,
    withdraw: 'Withdraw',
  },
} as const

describe('a workspace that has as many members as its tier includes', () => {
  const stage = onStage({
    plugins: [],
    tenants: WINDOWS.map(({ size }) => ({ slug: size, tier: 'free' as const })),
  })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    const workspace = () => stage.platform.tenant(size)
    let visitor: Visitor
    const invite = (email: string) =>
      workspace().admin.post('/members/invitations', { email, name: 'Noor Haddad' })
    const button = (name: string) => visitor.page.getByRole('button', { name, exact: true })
    const says = (text: string) => visitor.page.getByText(text, { exact: false }).first().waitFor()

    beforeAll(async () => {
      visitor = await stage.visit(size, { size, language })
      for (const each of ['one', 'two']) await invite(`${each}@else.example`)
      await visitor.signIn(workspace().credentials.admin, '/admin/members')
    })
    afterAll(async () => {
      await visitor?.leave()
    })

    test('says how many there are', async () => {
      await says(words.used(4))
      expect(await flaws(visitor)).toEqual([])
    })

    test('refuses one more in words, when somebody else was faster', async () => {
      await button(words.invite).click()
      await visitor.page.getByLabel(words.name, { exact: true }).fill('Mara Lind')
      await visitor.page.getByLabel(words.address, { exact: true }).fill('mara@else.example')
      expect((await invite('three@else.example')).status).toBe(201)
      await button(words.send).click()
      await says(words.refused)
      // The browser notes that it was refused.
      expect(visitor.faults.splice(0)).toEqual([expect.stringContaining('403')])
      await visitor.page.keyboard.press('Escape')
    })

    test('says what to do when there is no place left, also to the keyboard', async () => {
      await visitor.open('/admin/members')
      await says(words.used(5))
      await says(words.more)
      await button(words.invite).focus()
      await visitor.page.keyboard.press('Enter')
      expect(await focused(visitor.page)).toContain(words.more)
      expect(await flaws(visitor)).toEqual([])
    })

    test('has room again when an invitation is withdrawn', async () => {
      await button(words.actions('two@else.example')).click()
      await visitor.page.getByRole('menuitem', { name: words.withdraw, exact: true }).click()
      const question = visitor.page.locator('body > pl-dialog')
      await question.getByRole('button', { name: words.withdraw, exact: true }).click()
      await says(words.used(4))
      expect((await invite('four@else.example')).status).toBe(201)
    })
  })
})
