import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { join } from 'node:path'
import type { EntityMeta } from '@plinth/sdk'
import { descriptionOf } from '../src/http/openapi/describe.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { bootForTest, makeInput, type TestPlatform } from './support/index.ts'
import { checkAnswer, compile } from './support/answer-check.ts'

type Json = Record<string, any>

const plugins = await bootForTest({
  adminUrl: inject('adminUrl'),
  pluginsFolder: join(import.meta.dirname, '../../plugins'),
})
const fixtures = await bootFixtures({ plugins: ['archive', 'billboard', 'billing', 'market'] })
afterAll(async () => {
  await plugins.stop()
  await fixtures.stop()
})

const documentOf = async (platform: TestPlatform, query = '', headers = {}): Promise<Json> =>
  (await platform.tenant('acme').admin.get<Json>(`/openapi.json${query}`, { headers })).body
const operationsOf = (document: Json): Json[] =>
  Object.values(document['paths'] as Json).flatMap((item) => Object.values(item as Json) as Json[])

test('every route of the platform is described next to where it is registered', () => {
  const routes = plugins.platform.app.routes.filter(({ path }) =>
    /^\/(api\/v1|platform\/v1|healthz)/.test(path),
  )
  const described = new Set(
    routes.filter(({ handler }) => descriptionOf(handler)).map(({ method, path }) => `${method} ${path}`),
  )
  // Steps of the pipeline are registered for every method; so are the routes plugins declare, which are described.
  const missing = routes
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !route.startsWith('ALL ') && !described.has(route))
  expect(missing).toEqual([])
  expect(described).toContain('ALL /api/v1/:plugin/:rest{.*}')
})

describe.each([
  ['the plugins of this repository', plugins],
  ['plugins with every field type', fixtures],
])('the document of a workspace with %s', async (_name, platform) => {
  const document = await documentOf(platform)
  const { schemas } = document['components'] as Json
  const { admin } = platform.tenant('acme')

  test('is valid OpenAPI 3.1', async () => {
    for (const each of [document, await documentOf(platform, '?locale=de')]) {
      const result = await new Validator().validate(structuredClone(each))
      expect(result.errors ?? []).toEqual([])
      expect(result.valid).toBe(true)
    }
  })

  test('names each operation once, in a way clients can use as a name, and tags it', () => {
    const ids = operationsOf(document).map((operation) => operation['operationId'] as string)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9_]*$/)
    const tags = document['tags'].map((tag: Json) => tag['name'])
    for (const operation of operationsOf(document)) expect(tags).toContain(operation['tags'][0])
  })

  test('points to nothing that is not there', () => {
    for (const [, pointer] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = pointer!.split('/').reduce<any>((at, name) => at?.[name], document)
      expect(found, pointer).toBeDefined()
    }
  })

  test('says every refusal by its codes, each with an example that is one', () => {
    for (const operation of operationsOf(document)) {
      expect(Object.keys(operation['responses'])).toContain('default')
      for (const response of Object.values(operation['responses'] as Json)) {
        if (!response['$ref']) continue
        const problem = document['components'].responses[response['$ref'].split('/').at(-1)] as Json
        const { schema, examples = {} } = problem['content']['application/problem+json']
        for (const example of Object.values(examples as Json))
          expect(compile(document, schema)(example['value']), JSON.stringify(example)).toBe(true)
      }
    }
  })

  test('has examples of everything, and each is what its schema says', () => {
    const shown: { readonly name: string; readonly schema: Json; readonly example?: unknown }[] = [
      ...Object.entries(schemas as Json).map(([name, schema]) => ({
        name,
        schema,
        example: schema['example'],
      })),
      ...operationsOf(document).flatMap((operation) => [
        ...(operation['parameters'] as Json[]).map((parameter) => {
          const place = parameter['content']?.['application/json'] ?? parameter
          return {
            name: `${operation['operationId']} ${parameter['name']}`,
            schema: place['schema'],
            example: place['example'],
          }
        }),
        ...contentsOf(operation).map(({ schema, example }) => ({
          name: operation['operationId'] as string,
          schema,
          example,
        })),
      ]),
    ]
    const bare = Object.keys(schemas).filter(
      (name) => /^[a-z]/.test(name) && schemas[name].example === undefined,
    )
    const wrong = shown.flatMap(({ name, schema, example }) => {
      const faults = example === undefined ? '' : faultsOf(document, schema, example)
      return faults === '' ? [] : [`${name}: ${faults}`]
    })
    expect({ bare, wrong }).toEqual({ bare: [], wrong: [] })
  })

  test('gives an example for every body it asks for', () => {
    for (const operation of operationsOf(document)) {
      const body = operation['requestBody']?.content['application/json']
      if (!body || Object.keys(body.schema).length === 0) continue
      expect(body.example, operation['operationId']).toBeDefined()
    }
  })

  const entities = [...new Set(operationsOf(document).flatMap((operation) => operation['x-entity'] ?? []))]

  test.each(entities)('has examples for %s that the API accepts', async (id) => {
    const { body: meta } = await admin.get<EntityMeta>(`/meta/${id.replace('.', '/')}`)
    const list = (document['paths'] as Json)[meta.api.replace('/api/v1', '')]['get']
    for (const parameter of list['parameters'] as Json[]) {
      const json = parameter['content']?.['application/json'].example
      const value = json === undefined ? parameter['example'] : JSON.stringify(json)
      if (value === undefined) continue
      const answer = await admin.get(`${meta.api}?${parameter['name']}=${encodeURIComponent(String(value))}`)
      expect(answer.status, `${parameter['name']}: ${answer.text}`).toBe(200)
    }
    const filter = encodeURIComponent(JSON.stringify(schemas[`${id}.filter`].example))
    expect((await admin.get(`${meta.api}?filter=${filter}`)).status).toBe(200)
    if (!meta.can.includes('create')) return
    // Records that examples point to exist nowhere: those of this workspace take their place.
    const references = meta.fields
      .filter((field) => field.type === 'ref' || field.type === 'member')
      .map(({ name }) => name)
    const needed = await makeInput(admin, id)
    const example = { ...schemas[`${id}.create`].example } as Json
    for (const name of references) {
      if (needed[name] === undefined) delete example[name]
      else example[name] = needed[name]
    }
    const created = await admin.post(meta.api, example)
    expect(created.status, created.text).toBe(201)
    const change = schemas[`${id}.update`]?.example as Json | undefined
    if (!change || references.some((name) => name in change)) return
    const changed = await admin.patch(`${meta.api}/${created.body.id}`, change, {
      version: created.body.version,
    })
    expect(changed.status, changed.text).toBe(200)
  })
})

test('the document speaks the language asked for, by parameter before header', async () => {
  const english = await documentOf(plugins)
  const german = await documentOf(plugins, '', { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' })
  expect(german['paths']['/crm/customers'].get.summary).toBe('Kunden auflisten')
  expect(english['paths']['/crm/customers'].get.summary).toBe('List Customers')
  expect((await documentOf(plugins, '?locale=en', { 'accept-language': 'de' }))['info']).toEqual(
    english['info'],
  )
  const type = german['components'].schemas['crm.customer'].properties.type
  expect(type['x-labels']).toEqual({ company: 'Firma', person: 'Privatperson' })
  expect(JSON.stringify(german)).not.toContain('"summary":{')
})

test('the document says where the workspace is, by host and by path', async () => {
  const { servers } = await documentOf(plugins)
  expect(servers.map((server: Json) => server['url'])).toEqual([
    '/api/v1',
    'http://acme.localhost/api/v1',
    'http://localhost/t/acme/api/v1',
  ])
})

test('what belongs to no workspace has a document of its own', async () => {
  const { body } = await plugins.tenant('acme').anonymous.get<Json>('/platform/v1/openapi.json')
  expect(Object.keys(body['paths'])).toContain('/manifest-schema.json')
  expect((await new Validator().validate(structuredClone(body))).errors ?? []).toEqual([])
})

describe('an answer that is not as the document says', () => {
  const request = new Request('http://acme.localhost/api/v1/crm/customers')
  const check = (answer: Response) => checkAnswer(plugins.platform, 'acme', request, answer)
  const headers = {
    'x-request-id': '0198c5a4-1111-7111-9111-111111111111',
    'content-type': 'application/json',
  }

  test.each([
    ['of another shape', new Response('{"items":[{"id":1}],"next":null}', { headers }), /items\/0/],
    ['with an unknown status', new Response('{}', { status: 418, headers }), /no such status/],
    [
      'of another type',
      new Response('x', { headers: { ...headers, 'content-type': 'text/plain' } }),
      /"text\/plain"/,
    ],
    [
      'without a header',
      new Response('{"items":[],"next":null}', { headers: { 'content-type': 'application/json' } }),
      /X-Request-Id/,
    ],
  ])('%s fails the test it happens in', async (_name, answer, fault) => {
    await expect(check(answer)).rejects.toThrow(fault)
  })

  test('as it says passes', async () => {
    await expect(check(new Response('{"items":[],"next":null}', { headers }))).resolves.toBeUndefined()
  })
})

function contentsOf(operation: Json): Json[] {
  const answers = Object.values(operation['responses'] as Json)
  return [operation['requestBody'], ...answers].flatMap(
    (each) => Object.values((each?.content ?? {}) as Json) as Json[],
  )
}

function faultsOf(document: Json, schema: Json, example: unknown): string {
  const validate = compile(document, schema)
  return validate(example) ? '' : `${JSON.stringify(validate.errors)} in ${JSON.stringify(example)}`
}
