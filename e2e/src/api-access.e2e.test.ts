import { createHash } from 'node:crypto'
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
    kind: 'Wie er handelt',
    native: 'für Mitglieder, auf deren Geräten',
    redirects: 'Adressen, zu denen Mitglieder zurückgeschickt werden',
    everything: 'Kundenverwaltung: alles',
    letIn: 'Hereinlassen',
    refuse: 'Nicht hereinlassen',
    unsafe: 'Dieses Programm kann nicht hereingelassen werden',
    disconnect: (name: string) => `${name} trennen`,
    disconnectIt: 'Trennen',
    disconnected: 'ist getrennt',
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
    kind: 'How it acts',
    native: 'for members, on their devices',
    redirects: 'Addresses members are sent back to',
    everything: 'Customers: everything',
    letIn: 'Let in',
    refuse: 'Do not let in',
    unsafe: 'This program cannot be let in',
    disconnect: (name: string) => `Disconnect ${name}`,
    disconnectIt: 'Disconnect',
    disconnected: 'is disconnected',
  },
} as const

const CALLBACK = 'https://program.example/callback'
const VERIFIER = 'a-verifier-that-is-as-long-as-verifiers-have-to-be'

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
    const token = async (grant: Record<string, string>) => {
      const body = new URLSearchParams(grant).toString()
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      return (await stage.platform.tenant('acme').anonymous.send('POST', '/oauth/token', { body, headers }))
        .body
    }
    const ask = () => stage.platform.tenant('acme').clientWithKey(key).get('/crm/customers')

    test('a key is made for one plugin, and shown this once', async () => {
      await page().getByRole('button', { name: words.newKey }).click()
      await page().getByRole('textbox', { name: words.name }).fill(`Website ${size}`)
      const picker = page().locator('pl-scope-picker')
      await picker.getByRole('searchbox').fill(words.plugin)
      await picker.locator('summary').waitFor()
      expect(await picker.locator('summary').count()).toBe(1)
      await page().getByRole('checkbox', { name: words.all }).check()
      expect(await flaws(visitor)).toEqual([])
      await page().getByRole('button', { name: words.create }).click()
      key = await page().locator('pl-secret-dialog code').first().innerText()
      const example = await page().locator('pl-secret-dialog code').last().innerText()
      expect(example).toMatch(new RegExp(`^curl .*Bearer ${key}. http.*/api/v1/openapi.json$`))
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
      key = (await token(grant)).access_token
      expect((await ask()).status).toBe(200)
      await page().locator('pl-secret-dialog').getByRole('button', { name: words.close }).last().click()
      await page()
        .locator('pl-client-list li', { hasText: `Sync ${size}` })
        .waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    let client = ''
    /** Where a program sends members to. */
    const question = (changes: Record<string, string> = {}) =>
      `/api/v1/oauth/authorize?${new URLSearchParams({
        response_type: 'code',
        client_id: client,
        redirect_uri: CALLBACK,
        state: 'mine',
        code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
        code_challenge_method: 'S256',
        ...changes,
      }).toString()}`
    const arrival = async () => {
      await page().waitForURL(`${CALLBACK}?*`)
      return new URL(page().url()).searchParams
    }

    test('a program on devices is made known, with where it sends members back to, and has no secret', async () => {
      await page().getByRole('button', { name: words.newClient }).click()
      await page().getByRole('textbox', { name: words.name }).fill(`Pocket ${size}`)
      await page().getByRole('button', { name: words.kind }).click()
      await page().getByRole('option', { name: words.native }).click()
      await page().getByRole('textbox', { name: words.redirects }).fill('http://program.example/callback')
      await page().locator('pl-scope-picker summary', { hasText: words.plugin }).click()
      await page().getByRole('checkbox', { name: words.all }).check()
      expect(await flaws(visitor)).toEqual([])
      await page().getByRole('button', { name: words.createClient }).click()
      await page().locator('pl-client-dialog [role=alert], pl-client-dialog [invalid]').first().waitFor()
      await page().getByRole('textbox', { name: words.redirects }).fill(CALLBACK)
      await page().getByRole('button', { name: words.createClient }).click()
      await page().locator('pl-secret-dialog code').waitFor()
      client = await page().locator('pl-secret-dialog code').innerText()
      visitor.faults.splice(0)
      expect(await flaws(visitor)).toEqual([])
    })

    test('whoever it sends here signs in, reads what it wants, and may say no', async () => {
      // The program's own page.
      await page().route('https://program.example/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>Program</title>' }),
      )
      await visitor.context.clearCookies()
      await visitor.open(question({ scope: 'backoffice.crm.*' }))
      await visitor.speak()
      const { email, password } = stage.platform.tenant('acme').credentials.admin
      await visitor.enter(email, password)
      const consent = page().locator('pl-consent-page')
      await consent.getByRole('heading', { name: `Pocket ${size}` }).waitFor()
      await consent.getByRole('listitem').filter({ hasText: words.everything }).waitFor()
      const text = await consent.locator('main').innerText()
      for (const said of [email, 'program.example']) expect(text).toContain(said)
      expect(await flaws(visitor)).toEqual([])
      await consent.getByRole('button', { name: words.refuse, exact: true }).click()
      const answer = await arrival()
      expect(Object.fromEntries(answer)).toMatchObject({ error: 'access_denied', state: 'mine' })
    })

    test('who lets it in finds it on their account page, and can end it there', async () => {
      await visitor.open(question())
      await page().getByRole('button', { name: words.letIn, exact: true }).click()
      const code = (await arrival()).get('code')!
      const given = await token({
        grant_type: 'authorization_code',
        client_id: client,
        code,
        redirect_uri: CALLBACK,
        code_verifier: VERIFIER,
      })
      key = given.access_token
      expect((await ask()).status).toBe(200)
      await visitor.open('/account')
      await visitor.ready()
      await page()
        .getByRole('button', { name: words.disconnect(`Pocket ${size}`) })
        .click()
      await page().getByRole('button', { name: words.disconnectIt, exact: true }).click()
      await page().getByText(words.disconnected).waitFor()
      expect((await ask()).status).toBe(401)
      expect(await flaws(visitor)).toEqual([])
    })

    test('who is sent here to be sent on to somewhere else stays here', async () => {
      await visitor.open(question({ redirect_uri: 'https://evil.example/' }))
      await page().getByRole('heading', { name: words.unsafe }).waitFor()
      expect(new URL(page().url()).origin).toBe(stage.originOf('acme'))
      visitor.faults.splice(0)
      expect(await flaws(visitor)).toEqual([])
    })
  })
})
