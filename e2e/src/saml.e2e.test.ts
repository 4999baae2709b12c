import { SamlProvider } from '@plinth/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneJourney } from './platform/index.ts'
import { flaws, onStage, type Visitor, WINDOWS } from './workspace/index.ts'

const WORDS = {
  de: {
    new: 'Anbieter hinzufügen',
    name: 'Name',
    add: 'Hinzufügen',
    missing: 'seine Metadaten fehlen',
    edit: (name: string) => `${name} bearbeiten`,
    metadata: 'Oder seine Metadaten (XML)',
    enabled: 'In Gebrauch',
    onboarding: 'Neue Mitglieder aufnehmen',
    save: 'Speichern',
    onboards: 'nimmt neue Mitglieder auf',
    addApp: 'Authenticator-App',
    confirmWith: (name: string) => `Mit ${name} bestätigen`,
    confirmed: 'Bestätigt. Bitte wiederholen Sie, was Sie vorhatten.',
  },
  en: {
    new: 'Add provider',
    name: 'Name',
    add: 'Add',
    missing: 'its metadata is missing',
    edit: (name: string) => `Edit ${name}`,
    metadata: 'Or its metadata (XML)',
    enabled: 'In use',
    onboarding: 'Take in new members',
    save: 'Save',
    onboards: 'takes in new members',
    addApp: 'Authenticator app',
    confirmWith: (name: string) => `Confirm with ${name}`,
    confirmed: 'Confirmed. Please repeat what you were about to do.',
  },
} as const

const provider = await SamlProvider.start()
afterAll(() => provider.stop())

describe('signing in with SAML', () => {
  const stage = onStage({
    plugins: [],
    tenants: [{ slug: 'acme' }],
    config: { privateProviders: new Set([provider.host]) },
  })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    const name = `Nordwind ${size}`
    let admin: Visitor

    beforeAll(async () => {
      admin = await stage.visit('acme', { size, language })
      await admin.signIn(stage.platform.tenant('acme').credentials.admin, '/admin/sign-on')
    })
    afterAll(() => admin?.leave())

    const dialog = () => admin.page.locator('pl-sign-on-dialog')
    const row = () => admin.page.locator('pl-sign-on-page li', { hasText: name })

    test('K-AUTH-04: a provider is added before it knows us, and gets our addresses', async () => {
      await admin.page.getByRole('button', { name: words.new }).first().click()
      await dialog().getByRole('textbox', { name: words.name }).fill(name)
      await dialog().locator('pl-field[data-name="profile"] vaadin-select').click()
      await admin.page.getByRole('option', { name: 'SAML 2.0' }).click()
      await dialog().getByRole('textbox', { name: words.metadata }).waitFor()
      expect(await flaws(admin)).toEqual([])
      await dialog().getByRole('button', { name: words.add, exact: true }).click()
      await row().getByText(words.missing).waitFor()
    })

    test('with its metadata it is in use', async () => {
      await admin.page.getByRole('button', { name: words.edit(name) }).click()
      const addresses = dialog().locator('pl-provider-addresses')
      await addresses.getByText('/metadata').waitFor()
      await dialog().getByRole('textbox', { name: words.metadata }).fill(provider.metadata())
      await dialog().getByRole('checkbox', { name: words.enabled }).check()
      await dialog().getByRole('checkbox', { name: words.onboarding }).check()
      await dialog().getByRole('button', { name: words.save, exact: true }).click()
      await row().getByText(words.onboards).waitFor()
      expect(await flaws(admin)).toEqual([])
    })

    test('its button leads there and, over a form of another site, into the workspace', async () => {
      const { anonymous, admin: manager } = stage.platform.tenant('acme')
      const { items } = (await manager.get('/sign-on/providers')).body
      const { id } = items.find((each: { name: string }) => each.name === name)
      const { text: ours } = await anonymous.get(`/auth/${id}/metadata`)
      const someone = await stage.visit('acme', { size, language })
      await someone.page.route(`http://${provider.host}/sso?**`, async (route) => {
        const request = provider.receive(route.request().url(), ours)
        const said = {
          nameId: `eva-${size}`,
          attributes: { mail: [`eva-${size}@acme.example`], displayName: ['Eva Nord'] },
        }
        const answer = provider.answer(request, provider.assertion(request, said).whole)
        await route.fulfill({ contentType: 'text/html', body: postingForm(request, answer) })
      })
      await someone.page.goto(stage.originOf('acme'))
      await someone.speak()
      await someone.page.getByRole('button', { name }).click()
      await someone.page.getByRole('heading', { name: 'Eva' }).waitFor()
      expect(new URL(someone.page.url()).origin).toBe(stage.originOf('acme'))
      // Before what is sensitive she is sent there once more.
      await stage.forgetProofs('acme')
      await someone.open('/account')
      const adding = someone.page.getByRole('button', { name: words.addApp, exact: true })
      await adding.click()
      await someone.page.getByRole('button', { name: words.confirmWith(name) }).click()
      await someone.page.getByText(words.confirmed).waitFor()
      await adding.click()
      await someone.page.locator('pl-totp-setup .key').waitFor()
      await someone.leave()
    })
  })
})

/** What providers have browsers do: post a form at once. */
function postingForm(request: { readonly acs: string; readonly relayState: string }, answer: string): string {
  const field = (name: string, value: string) => `<input type="hidden" name="${name}" value="${value}">`
  return `<form method="post" action="${request.acs}">${field('SAMLResponse', Buffer.from(answer).toString('base64'))}${field('RelayState', request.relayState)}</form>
<script>document.forms[0].submit()</script>`
}
