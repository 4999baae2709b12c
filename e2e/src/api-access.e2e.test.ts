import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacksPlugins, oneJourney } from './platform/index.ts'
import { flaws, onStage, type Visitor, WINDOWS } from './workspace/index.ts'

const WORDS = {
  de: {
    newClient: 'Neuer Client',
    createClient: 'Client erstellen',
    newKey: 'Neuer Schlüssel',
    name: 'Name',
    create: 'Schlüssel erstellen',
    plugin: 'Kundenverwaltung',
    all: 'Alles in Kundenverwaltung',
    close: 'Schließen',
    menu: (name: string) => `Was mit ${name} getan werden kann`,
    revoke: 'Zurückziehen …',
    revokeIt: 'Zurückziehen',
    revoked: 'ist zurückgezogen',
  },
  en: {
    newClient: 'New client',
    createClient: 'Create client',
    newKey: 'New key',
    name: 'Name',
    create: 'Create key',
    plugin: 'Customers',
    all: 'Everything in Customers',
    close: 'Close',
    menu: (name: string) => `What can be done with ${name}`,
    revoke: 'Revoke …',
    revokeIt: 'Revoke',
    revoked: 'is revoked',
  },
} as const

describe.skipIf(lacksPlugins('crm'))('programs that use the API', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['crm'] }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor
    let key = ''

    beforeAll(async () => {
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(stage.platform.tenant('acme').credentials.admin, '/admin/api-access')
    })
    afterAll(() => visitor?.leave())

    const page = () => visitor.page
    const ask = () => stage.platform.tenant('acme').clientWithKey(key).get('/crm/customers')

    test('a key is made for one plugin, and shown this once', async () => {
      await page().getByRole('button', { name: words.newKey }).click()
      await page().getByRole('textbox', { name: words.name }).fill(`Website ${size}`)
      await page().locator('pl-scope-picker summary', { hasText: words.plugin }).click()
      await page().getByRole('checkbox', { name: words.all }).check()
      expect(await flaws(visitor)).toEqual([])
      await page().getByRole('button', { name: words.create }).click()
      key = await page().locator('pl-secret-dialog code').innerText()
      expect(key).toMatch(/^plk_acme_[\w-]{43}$/)
      expect(await flaws(visitor)).toEqual([])
      expect((await ask()).status).toBe(200)
      await page().locator('pl-secret-dialog').getByRole('button', { name: words.close }).last().click()
      await page()
        .locator('pl-key-list li', { hasText: `Website ${size}` })
        .waitFor()
      expect(await flaws(visitor)).toEqual([])
      expect(await page().locator('pl-key-list').innerText()).not.toContain(key)
    })

    test('it is refused as soon as it is revoked', async () => {
      await page()
        .getByRole('button', { name: words.menu(`Website ${size}`) })
        .click()
      await page().getByRole('menuitem', { name: words.revoke }).click()
      await page().getByRole('button', { name: words.revokeIt, exact: true }).click()
      await page().getByText(words.revoked).waitFor()
      expect((await ask()).status).toBe(401)
    })

    test('a client is made, and gets a token with what is shown this once', async () => {
      await page().getByRole('button', { name: words.newClient }).click()
      await page().getByRole('textbox', { name: words.name }).fill(`Sync ${size}`)
      await page().locator('pl-scope-picker summary', { hasText: words.plugin }).click()
      await page().getByRole('checkbox', { name: words.all }).check()
      await page().getByRole('button', { name: words.createClient }).click()
      await page().locator('pl-secret-dialog code').nth(1).waitFor()
      const [id, secret] = await page().locator('pl-secret-dialog code').allInnerTexts()
      expect(await flaws(visitor)).toEqual([])
      const grant = { grant_type: 'client_credentials', client_id: id!, client_secret: secret! }
      const { body } = await stage.platform.tenant('acme').anonymous.send('POST', '/oauth/token', {
        body: new URLSearchParams(grant).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      key = body.access_token
      expect((await ask()).status).toBe(200)
      await page().locator('pl-secret-dialog').getByRole('button', { name: words.close }).last().click()
      await page()
        .locator('pl-client-list li', { hasText: `Sync ${size}` })
        .waitFor()
      expect(await flaws(visitor)).toEqual([])
    })
  })
})
