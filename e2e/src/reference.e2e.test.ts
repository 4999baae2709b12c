import { afterEach, describe, expect, test } from 'vitest'
import { flaws, onStage, type Visitor, type VisitorOptions } from './workspace/index.ts'

const stage = onStage({ tenants: [{ slug: 'acme', sampleData: true }] })
const visitors: Visitor[] = []

afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.leave()
})

async function arrive(
  path: string,
  options: Omit<VisitorOptions, 'origin'> = {},
  who: 'admin' | 'member' = 'admin',
): Promise<Visitor> {
  const visitor = await stage.visit('acme', options)
  visitors.push(visitor)
  await visitor.signIn(stage.platform.tenant('acme').credentials[who], path)
  return visitor
}

const PAGE = '/api/v1/reference'

describe.each([
  {
    language: 'en',
    size: 'wide',
    scheme: 'light',
    title: 'API reference',
    find: 'Search operations',
    create: 'Create: Customer',
    all: 'All operations',
    required: 'required',
    readOnly: 'read only',
    access: 'How to authenticate',
  },
  {
    language: 'de',
    size: 'narrow',
    scheme: 'dark',
    title: 'API-Referenz',
    find: 'Operationen suchen',
    create: 'Anlegen: Kunde',
    all: 'Alle Operationen',
    required: 'nötig',
    readOnly: 'nur lesbar',
    access: 'Wie man sich ausweist',
  },
] as const)(
  'the API reference, $language and $size',
  ({ title, find, create, all, required, readOnly, access, ...options }) => {
    test('is found in the menu, searched, read and linked to', async () => {
      const visitor = await arrive('/', options)
      const { page } = visitor
      await visitor.choose(title)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      expect(page.url()).toBe(`${visitor.origin}${PAGE}`)
      expect(await flaws(visitor)).toEqual([])
      await page.getByRole('searchbox', { name: find }).fill('crm customers post')
      await page.getByRole('link', { name: `POST ${create}` }).click()
      await page.getByRole('heading', { level: 2, name: create }).waitFor()
      expect(new URL(page.url()).searchParams.get('op')).toBe('create_crm_customer')
      await page.getByText('curl -X POST').waitFor()
      expect(await flaws(visitor)).toEqual([])
      // The address leads there again.
      await page.reload()
      await page.getByRole('heading', { level: 2, name: create }).waitFor()
      if (!visitor.isNarrow) return
      await page.getByRole('link', { name: all }).click()
      await page.locator('[data-operation="create_crm_customer"]:focus').waitFor()
      await page.keyboard.press('Enter')
      await page.locator('h2:focus', { hasText: create }).waitFor()
    })

    test('tells the fields, refusals and keys of an operation', async () => {
      const visitor = await arrive(`${PAGE}?op=create_crm_customer`, options)
      const { page } = visitor
      const field = (name: string, flag: string) =>
        page
          .locator('dt', { has: page.getByText(name, { exact: true }) })
          .filter({ hasText: flag })
          .first()
      await field('name', required).waitFor()
      await field('createdAt', readOnly).waitFor()
      await page.getByText('"K-1001"').first().waitFor()
      await page.getByText(access).click()
      await page.getByText('Authorization: bearer', { exact: true }).waitFor()
      await page.getByText('backoffice.crm.customer.create').waitFor()
      await page.locator('summary', { hasText: /^\s*409/ }).click()
      await page.locator('summary', { hasText: /^unique_violated$/ }).click()
      await page.getByText('"urn:plinth:problem:unique_violated"').waitFor()
      // Fields inside a field are drawn when they are asked for.
      await page.locator('summary', { hasText: 'billingAddress' }).first().click()
      await field('zip', '').waitFor()
      expect(await flaws(visitor)).toEqual([])
    })
  },
)

test('an operation is tried with the session, and what came back is shown', async () => {
  const visitor = await arrive(`${PAGE}?op=create_crm_customer`)
  const { page } = visitor
  await page.getByLabel('Body', { exact: true }).fill('{ "name": "From the reference" }')
  await page.getByText(`-d '{ "name": "From the reference" }'`).waitFor()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText(/What came back: 201 in \d+ ms/).waitFor()
  const { body } = await stage.platform.tenant('acme').admin.get('/crm/customers?q=reference')
  expect(body.items[0].name).toBe('From the reference')
  await page.getByLabel('Body', { exact: true }).fill('{ "name": ')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('alert').getByText('The body is not valid JSON.').waitFor()
  expect(await flaws(visitor)).toEqual([])
})

test('an operation is tried with a key, which has its own rights and no session', async () => {
  const { body } = await stage.platform
    .tenant('acme')
    .admin.post('/api-keys', { name: 'Narrow', permissions: ['core.employees.employee.read'] })
  expect(body.key).toMatch(/^plk_acme_/)
  const visitor = await arrive(`${PAGE}?op=list_crm_customer`)
  const { page } = visitor
  await page.getByLabel(/^API key, instead of your session/).fill(body.key as string)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText(/What came back: 403/).waitFor()
  await page.getByText('"permission": "backoffice.crm.customer.read"').waitFor()
})

test('the list of operations is walked with the arrow keys', async () => {
  const visitor = await arrive(PAGE)
  const { page } = visitor
  const links = page.getByRole('navigation', { name: 'Operations' }).getByRole('link')
  await links.first().focus()
  await page.keyboard.press('ArrowDown')
  expect(
    await links.nth(1).evaluate((link: { matches(selector: string): boolean }) => link.matches(':focus')),
  ).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 2 }).first().waitFor()
  expect(new URL(page.url()).searchParams.get('op')).toMatch(/^[a-z_]+$/)
})

test('members find no entry in their menu, and read what their workspace has when they know the address', async () => {
  const visitor = await arrive('/', {}, 'member')
  const navigation = await visitor.navigation()
  expect(await navigation.getByRole('link', { name: 'API reference' }).count()).toBe(0)
  await visitor.open(PAGE)
  await visitor.page.getByRole('heading', { level: 1, name: 'API reference' }).waitFor()
})

test('while the document is on its way there is a skeleton; when it fails that is said, and trying again helps', async () => {
  const visitor = await arrive('/')
  const { page } = visitor
  const document = /\/api\/v1\/openapi\.json/
  // The document is asked for by those who read it, and by nobody else.
  expect(visitor.requests.filter((url) => document.test(url) || url.includes('reference-page'))).toEqual([])
  const asked = Promise.withResolvers<void>()
  await page.route(document, async (route) => {
    await asked.promise
    await route.abort()
  })
  await (await visitor.entry('API reference')).click()
  await page.locator('pl-reference-page pl-skeleton').waitFor()
  asked.resolve()
  await page.locator('pl-reference-page').getByRole('alert').waitFor()
  await page.unroute(document)
  await page.locator('pl-reference-page').getByRole('button').click()
  await page.getByRole('heading', { level: 1, name: 'API reference' }).waitFor()
  expect(await page.locator('pl-reference-page').getByRole('alert').count()).toBe(0)
})

test('nothing comes from elsewhere, and no script runs that the page does not bring', async () => {
  const visitor = await arrive(`${PAGE}?op=list_crm_customer`)
  const foreign = visitor.requests.filter(
    (url) => !url.startsWith(visitor.origin) && !url.startsWith('data:'),
  )
  expect(foreign).toEqual([])
  expect(visitor.faults).toEqual([])
})

test('the page and its files answer everyone, the document those who signed in', async () => {
  const { port } = await stage.platform.listen()
  const base = `http://127.0.0.1:${port}/t/acme`
  const answer = await fetch(base + PAGE)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
  const policy = answer.headers.get('content-security-policy')!
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+';/)
  expect(policy).toContain(`connect-src 'self'`)
  const html = await answer.text()
  expect(html).toContain('<base href="/t/acme/"')
  const files = [...html.matchAll(/(?:src|href)="([^"]*assets\/[^"]+)"/g)].map(([, file]) => file!)
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) {
    const asset = await fetch(new URL(file, `${base}/`))
    expect(asset.status, file).toBe(200)
    expect(asset.headers.get('cache-control'), file).toBe('public, max-age=31536000, immutable')
    expect(asset.headers.get('content-type'), file).toMatch(/javascript|css|font|svg/)
  }
  const refused = await fetch(`${base}/api/v1/openapi.json`)
  expect(refused.status).toBe(401)
  expect(await refused.json()).toMatchObject({ code: 'session_missing' })
})
