import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, inject, test } from 'vitest'
import * as oidc from 'oidc-provider'
import { SignOnBrowser } from './sign-on-browser.ts'
import { bootFixtures } from './boot-fixtures.ts'

const listener = createServer()
await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
const host = `127.0.0.1:${(listener.address() as AddressInfo).port}`
const issuer = `http://${host}`
const platform = await bootFixtures({
  adminUrl: inject('adminUrl'),
  plugins: ['billboard'],
  config: { publicUrl: 'http://{tenant}.localhost', privateProviders: new Set([host]) },
})
afterAll(async () => {
  await platform.stop()
  listener.closeAllConnections()
  await new Promise<void>((done) => listener.close(() => done()))
})

const acme = platform.tenant('acme')
const { body: made } = await acme.admin.post('/sign-on/providers', {
  name: 'Certified',
  issuer,
  clientId: 'plinth',
  secret: 'a secret between the two of them',
  onboarding: true,
})

const provider = new oidc.Provider(issuer, {
  clients: [
    {
      client_id: 'plinth',
      client_secret: 'a secret between the two of them',
      redirect_uris: [made.redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => ({ sub, email: `${sub}@acme.example`, email_verified: true, name: 'Carla Certified' }),
  }),
  features: { devInteractions: { enabled: true } },
  pkce: { required: () => true },
  cookies: { keys: ['only for this test'] },
})
const serveProvider = provider.callback()
listener.on('request', (request, response) => void serveProvider(request, response))

/** Someone’s browser at the provider: follows it through its pages until it is sent back. */
async function signInThere(address: string): Promise<URL> {
  const jar = new Map<string, string>()
  const ask = async (url: string, form?: URLSearchParams): Promise<Response> => {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form ? { method: 'POST', body: form } : {}),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]!.split(/=(.*)/s)
      jar.set(name, value)
    }
    return answer
  }
  let at = address
  for (let hop = 0; hop < 12; hop += 1) {
    const answer = await ask(at)
    const next = answer.headers.get('location')
    if (next !== null) {
      at = new URL(next, at).href
      if (at.startsWith(made.redirectUri)) return new URL(at)
      continue
    }
    const page = await answer.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? 'login'
    const action = /action="([^"]+)"/.exec(page)![1]!
    const form = new URLSearchParams({ prompt, login: 'carla', password: 'any' })
    const posted = await ask(new URL(action, at).href, form)
    at = new URL(posted.headers.get('location')!, at).href
  }
  throw new Error('The provider sends nobody back')
}

test('K-AUTH-01: works with a certified provider, from its sign-in page to the session', async () => {
  const browser = new SignOnBrowser(acme)
  const { status, body } = await browser.start(made.id)
  expect(status).toBe(200)
  const back = await signInThere(body.url)
  expect(back.searchParams.get('iss')).toBe(issuer)
  const answer = await browser.finish(made.id, Object.fromEntries(back.searchParams))
  expect([answer.status, answer.body.session?.member.name]).toEqual([201, 'Carla Certified'])
  const parameters = Object.fromEntries(back.searchParams)
  expect((await browser.finish(made.id, parameters)).body.code).toBe('sign_on_failed')
})
