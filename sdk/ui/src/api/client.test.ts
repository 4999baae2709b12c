import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api, csrf, listQuery, signedOut } from './client.ts'
import { ApiProblem, asProblem } from './problem.ts'

type Call = {
  url: string
  method: string | undefined
  headers: Record<string, string>
  body: string | undefined
}

let calls: Call[] = []

/** Answers every request in place of the network. */
function answer(status: number, body?: unknown, headers: Record<string, string> = {}): void {
  const type = status >= 400 ? 'application/problem+json' : 'application/json'
  vi.stubGlobal('fetch', (url: URL, init: RequestInit) => {
    calls.push({
      url: url.href,
      method: init.method,
      headers: init.headers as Record<string, string>,
      body: init.body as string | undefined,
    })
    const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
    return Promise.resolve(new Response(text, { status, headers: { 'content-type': type, ...headers } }))
  })
}

async function problemOf(work: Promise<unknown>): Promise<ApiProblem> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ApiProblem)
  return error as ApiProblem
}

beforeEach(() => {
  calls = []
  const base = document.createElement('base')
  base.href = '/t/acme/'
  document.head.replaceChildren(base)
})

afterEach(() => {
  vi.unstubAllGlobals()
  csrf.value = ''
})

describe('addresses', () => {
  it('are taken below the base', async () => {
    answer(200, { items: [], next: null })
    await api.list('/api/v1/crm/customers', {
      limit: 20,
      sort: ['name', '-createdAt'],
      filter: { status: 'active' },
      count: true,
    })
    const url = new URL(calls[0]!.url)
    expect(url.pathname).toBe('/t/acme/api/v1/crm/customers')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      limit: '20',
      sort: 'name,-createdAt',
      filter: '{"status":"active"}',
      count: 'true',
    })
  })

  it('carry no empty parts', () => {
    expect(listQuery({ q: '', cursor: undefined, include: [], filter: {}, count: false })).toBe('')
  })
})

describe('changing requests', () => {
  it('carry the CSRF token, reading ones do not', async () => {
    csrf.value = 'token'
    answer(200, {})
    await api.post('/api/v1/x', { a: 1 })
    await api.get('/api/v1/x')
    expect(calls.map(({ headers }) => headers['x-csrf-token'])).toEqual(['token', undefined])
  })

  it('name the version they are based on', async () => {
    answer(200, { id: '1', version: 4 })
    await api.patch('/api/v1/x/1', { name: 'Neu' }, { version: 3 })
    expect(calls[0]).toMatchObject({
      method: 'PATCH',
      body: '{"name":"Neu"}',
      headers: { 'if-match': '"3"' },
    })
  })

  it('give nothing for an empty answer', async () => {
    answer(204)
    await expect(api.delete('/api/v1/x/1')).resolves.toBeUndefined()
  })
})

describe('problems', () => {
  it('keep code, refused values and request id', async () => {
    const errors = [{ pointer: '/email', code: 'format', detail: 'Must be an e-mail address.' }]
    answer(422, { status: 422, code: 'validation_failed', title: 'Invalid', requestId: 'req-1', errors })
    const problem = await problemOf(api.post('/api/v1/x', {}))
    expect(problem).toMatchObject({
      status: 422,
      code: 'validation_failed',
      requestId: 'req-1',
      errors,
      message: 'Invalid',
    })
  })

  it('come from anything that is no problem document, too', async () => {
    answer(502, '<html>Bad gateway</html>', { 'content-type': 'text/html', 'x-request-id': 'req-2' })
    expect(await problemOf(api.get('/api/v1/x'))).toMatchObject({
      status: 502,
      code: 'unexpected',
      requestId: 'req-2',
    })
    answer(500, '{broken')
    expect(await problemOf(api.get('/api/v1/x'))).toMatchObject({ status: 500, code: 'unexpected' })
  })

  it('say so when nothing answered', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    expect(await problemOf(api.get('/api/v1/x'))).toMatchObject({ status: 0, code: 'network' })
  })

  it('leave a cancelled request a cancelled request', async () => {
    const abort = new AbortController()
    abort.abort()
    vi.stubGlobal('fetch', () => Promise.reject(abort.signal.reason))
    const error: unknown = await api
      .get('/api/v1/x', { signal: abort.signal })
      .catch((reason: unknown) => reason)
    expect(error).not.toBeInstanceOf(ApiProblem)
  })

  it('count a lost session, but not wrong credentials', async () => {
    const before = signedOut.value
    answer(401, { code: 'credentials_wrong', status: 401 })
    await problemOf(api.post('/api/v1/session', {}))
    expect(signedOut.value).toBe(before)
    answer(401, { code: 'session_missing', status: 401 })
    await problemOf(api.get('/api/v1/shell'))
    expect(signedOut.value).toBe(before + 1)
  })

  it('wrap any other error', () => {
    expect(asProblem(new Error('oops'))).toMatchObject({ status: 0, code: 'unexpected', message: 'oops' })
  })
})
