import { IdentityProvider } from '@plinth/testing/identity-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneJourney } from './platform/index.ts'
import { flaws, onStage, WINDOWS, type Visitor } from './workspace/index.ts'

const WORDS = {
  de: {
    newProvider: 'Anbieter hinzufügen',
    issuer: 'Adresse des Anbieters (Issuer)',
    clientId: 'Client-ID',
    secret: 'Client-Geheimnis',
    addGroup: 'Gruppe hinzufügen',
    group: 'Gruppe 1',
    role: 'Rolle der Gruppe 1',
    add: 'Hinzufügen',
    test: (name: string) => `${name} testen`,
    answers: 'antwortet, wie es soll',
    provisioning: (name: string) => `${name}: Bereitstellung (SCIM)`,
    newToken: 'Neues Token',
    full: 'Zwei Token sind das Höchste',
    removeToken: /^Token .+ entfernen$/,
    remove: 'Entfernen',
    removed: 'Das Token wurde entfernt.',
    close: 'Schließen',
    people: '1 Person, 1 mit Zugang',
    signIn: (name: string) => `Weiter mit ${name}`,
    addApp: 'Authenticator-App',
    confirmWith: (name: string) => `Mit ${name} bestätigen`,
    confirmed: 'Bestätigt. Bitte wiederholen Sie, was Sie vorhatten.',
  },
  en: {
    newProvider: 'Add provider',
    issuer: 'Address of the provider (issuer)',
    clientId: 'Client ID',
    secret: 'Client secret',
    addGroup: 'Add group',
    group: 'Group 1',
    role: 'Role of group 1',
    add: 'Add',
    test: (name: string) => `Test ${name}`,
    answers: 'answers as it should',
    provisioning: (name: string) => `${name}: provisioning (SCIM)`,
    newToken: 'New token',
    full: 'Two tokens are the most',
    removeToken: /^Remove token/,
    remove: 'Remove',
    removed: 'The token is removed.',
    close: 'Close',
    people: '1 person, 1 with access',
    signIn: (name: string) => `Continue with ${name}`,
    addApp: 'Authenticator app',
    confirmWith: (name: string) => `Confirm with ${name}`,
    confirmed: 'Confirmed. Please repeat what you were about to do.',
  },
} as const

const provider = await IdentityProvider.start()

describe('a provider of sign-on', () => {
  const stage = onStage({
    plugins: [],
    tenants: [{ slug: 'acme' }],
    knowsItsAddress: true,
    config: { privateProviders: new Set([provider.host]) },
  })
  afterAll(() => provider.stop())

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    const name = `Nordwind ${size}`
    const email = `mara-${size}@acme.example`
    let visitor: Visitor
    let token = ''

    beforeAll(async () => {
      visitor = await stage.visit('acme', { size, language })
      await visitor.signIn(stage.platform.tenant('acme').credentials.admin, '/admin/sign-on')
    })
    afterAll(() => visitor?.leave())

    const page = () => visitor.page
    const button = (label: string | RegExp) => page().getByRole('button', { name: label, exact: true })
    const scim = (method: string, path: string, body?: object) =>
      stage.platform.tenant('acme').anonymous.send(method, `/scim/v2${path}`, {
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        body: body && JSON.stringify(body),
      })
    const newToken = async () => {
      await button(words.newToken).click()
      const secret = page().locator('pl-secret-dialog code').last()
      const made = await secret.innerText()
      expect(made).toMatch(/^plscim_[\w-]{43}$/)
      expect(await flaws(visitor)).toEqual([])
      await page().locator('pl-secret-dialog').getByRole('button', { name: words.close }).last().click()
      await secret.waitFor({ state: 'detached' })
      return made
    }

    test('is added with what follows from its groups, and answers', async () => {
      await button(words.newProvider).click()
      for (const [label, value] of [
        ['Name', name],
        [words.issuer, provider.issuer],
        [words.clientId, provider.clientId],
        [words.secret, provider.clientSecret],
      ] as const)
        await page().getByRole('textbox', { name: label, exact: true }).fill(value)
      await button(words.addGroup).click()
      await page().getByRole('textbox', { name: words.group, exact: true }).fill('Root')
      await page().getByRole('combobox', { name: words.role }).selectOption('admin')
      expect(await flaws(visitor)).toEqual([])
      await button(words.add).click()
      await button(words.test(name)).click()
      await page().getByText(words.answers).waitFor()
      expect(await flaws(visitor)).toEqual([])
    })

    test('gets a token that is shown this once, and says with it who is there', async () => {
      await button(words.provisioning(name)).click()
      token = await newToken()
      const { body } = await scim('POST', '/Users', { userName: email, displayName: `Mara ${size}` })
      const members = [{ value: body.id as string }]
      expect((await scim('POST', '/Groups', { displayName: 'Root', members })).status).toBe(201)
    })

    test('gets another one in its place', async () => {
      const [first, second] = [token, await newToken()]
      await page().getByText(words.full).waitFor()
      await page().getByText(words.people).waitFor()
      expect(await page().locator('pl-provisioning-dialog').innerText()).not.toContain(first)
      expect(await flaws(visitor)).toEqual([])
      await page().getByRole('button', { name: words.removeToken }).first().click()
      await button(words.remove).click()
      await page().getByText(words.removed).waitFor()
      expect((await scim('GET', '/Users')).status).toBe(401)
      token = second
      expect((await scim('GET', '/Users')).status).toBe(200)
    })

    test('may have a name as long as companies give them', async () => {
      const { admin } = stage.platform.tenant('acme')
      const called = 'Konzernanmeldung der Nordwind Beteiligungsgesellschaft'
      const wish = { name: called, issuer: 'https://idp.nordwind.example', clientId: 'plinth' }
      const { body } = await admin.post('/sign-on/providers', wish)
      const someone = await stage.visit('acme', { size, language })
      try {
        await someone.open('/')
        await someone.speak()
        await someone.page.getByRole('button', { name: words.signIn(called) }).waitFor()
        expect(await flaws(someone)).toEqual([])
      } finally {
        await someone.leave()
        await admin.delete(`/sign-on/providers/${body.id}`)
      }
    })

    test('lets people in whom it has spoken of, as what their groups make them', async () => {
      provider.claims = { sub: `mara-${size}`, email, email_verified: true, groups: [] }
      const mara = await stage.visit('acme', { size, language })
      try {
        await mara.open('/')
        await mara.speak()
        await mara.page.getByRole('button', { name: words.signIn(name) }).click()
        await mara.ready()
        const { body } = await mara.api('/session')
        expect(body.member).toMatchObject({ email, name: `Mara ${size}` })
        expect((await mara.api('/sign-on/providers')).status).toBe(200)
        expect(mara.faults).toEqual([])
        // Before what is sensitive they are sent there once more, and come back to where they were.
        await stage.forgetProofs('acme')
        await mara.open('/account')
        await mara.page.getByRole('button', { name: words.addApp, exact: true }).click()
        const confirming = mara.page.getByRole('button', { name: words.confirmWith(name) })
        await confirming.waitFor()
        mara.faults.length = 0
        expect(await flaws(mara)).toEqual([])
        provider.claims = { ...provider.claims, auth_time: Math.floor(Date.now() / 1_000) }
        await confirming.click()
        await mara.page.getByText(words.confirmed).waitFor()
        expect(new URL(mara.page.url()).pathname).toBe('/account')
        await mara.page.getByRole('button', { name: words.addApp, exact: true }).click()
        await mara.page.locator('pl-totp-setup .key').waitFor()
        expect(mara.faults).toEqual([])
      } finally {
        await mara.leave()
      }
    })
  })
})
