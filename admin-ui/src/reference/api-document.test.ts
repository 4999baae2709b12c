import { describe, expect, it } from 'vitest'
import { groupsOf, kindOf, searchGroups, waysIn, type ApiDocument } from './api-document.ts'
import { addressOf, curlSample, exampleDraft, typeScriptSample } from './code-samples.ts'

const document = {
  info: { title: 'Acme', description: '' },
  servers: [{ url: '/api/v1' }],
  tags: [{ name: 'crm', 'x-displayName': 'Customers' }, { name: 'session' }],
  paths: {
    '/crm/customers': {
      get: {
        tags: ['crm'],
        operationId: 'list_crm_customer',
        summary: 'List Customers',
        parameters: [
          {
            name: 'filter',
            in: 'query',
            content: { 'application/json': { schema: {}, example: { name: "O'Hara" } } },
          },
          { $ref: '#/components/parameters/Key' },
        ],
        responses: { 200: { description: '' } },
      },
    },
    '/crm/customers/{id}': {
      patch: {
        tags: ['crm'],
        operationId: 'update_crm_customer',
        summary: 'Change: Customer',
        parameters: [
          { name: 'id', in: 'path', required: true, example: 'a/b' },
          { name: 'If-Match', in: 'header', example: '"3"' },
        ],
        requestBody: { content: { 'application/json': { schema: {}, example: { name: "O'Hara" } } } },
        responses: { 200: { description: '' } },
      },
    },
    '/session': {
      delete: {
        tags: ['session'],
        operationId: 'delete_session',
        summary: 'Sign out',
        security: [{ cookie: [] }],
        responses: { 204: { description: '' } },
      },
    },
  },
  security: [{ cookie: [] }, { key: [] }],
  components: {
    securitySchemes: {
      cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
      key: { type: 'http', scheme: 'bearer' },
    },
    parameters: { Key: { name: 'Idempotency-Key', in: 'header' } },
  },
} as unknown as ApiDocument

const groups = groupsOf(document)
const routeOf = (id: string) =>
  groups.flatMap((group) => group.routes).find((route) => route.operationId === id)!

describe('operations', () => {
  it('stand under their heading, with what they refer to', () => {
    expect(groups.map((group) => [group.label, group.routes.length])).toEqual([
      ['Customers', 2],
      ['session', 1],
    ])
    expect(routeOf('list_crm_customer').parameters.map((each) => each.name)).toEqual([
      'filter',
      'Idempotency-Key',
    ])
  })

  it('stand by collection, its records before what else can be done with them', () => {
    const operation = (id: string) => ({ tags: ['crm'], operationId: id, summary: '', responses: {} })
    const [group] = groupsOf({
      ...document,
      paths: {
        '/crm/customers/export': { get: operation('export') },
        '/crm/contacts': { get: operation('contacts') },
        '/crm/customers/{id}': { delete: operation('delete'), get: operation('get') },
        '/crm/customers': { post: operation('create'), get: operation('list') },
      },
    })
    expect(group!.routes.map((route) => route.operationId)).toEqual([
      'list',
      'create',
      'get',
      'delete',
      'export',
      'contacts',
    ])
  })

  it('say how to authenticate, where they differ from the rest', () => {
    const ways = (id: string) => waysIn(document, routeOf(id)).map((way) => way.name ?? way.scheme)
    expect(ways('list_crm_customer')).toEqual(['sid', 'bearer'])
    expect(ways('delete_session')).toEqual(['sid'])
    expect(waysIn(document, { ...routeOf('delete_session'), security: [] })).toEqual([])
  })

  it('are found by all words, in address, name, summary and heading', () => {
    const found = (text: string) =>
      searchGroups(groups, text).flatMap((group) => group.routes.map((route) => route.operationId))
    expect(found('customers patch')).toEqual(['update_crm_customer'])
    expect(found('SIGN out')).toEqual(['delete_session'])
    expect(found('nothing like it')).toEqual([])
    expect(found(' ')).toHaveLength(3)
  })
})

describe('samples', () => {
  it('name addresses, versions and bodies so that a shell takes them as they are', () => {
    const route = routeOf('update_crm_customer')
    const draft = exampleDraft(route)
    expect(addressOf(route, draft)).toBe('/crm/customers/a%2Fb')
    const sample = curlSample(route, draft, 'http://acme.localhost/api/v1')
    expect(sample).toContain(`curl -X PATCH 'http://acme.localhost/api/v1/crm/customers/a%2Fb'`)
    expect(sample).toContain(`-H 'If-Match: "3"'`)
    expect(sample).toContain(`O'\\''Hara`)
  })

  it('are programs', () => {
    const route = routeOf('list_crm_customer')
    const draft = { values: { filter: '{"name":"x"}' }, body: '' }
    const sample = typeScriptSample(route, draft, '/api/v1')
    expect(sample).toContain('/api/v1/crm/customers?filter=%7B%22name%22%3A%22x%22%7D')
    expect(sample).toContain('authorization: `Bearer ${process.env.KEY}`')
    expect(typeScriptSample(routeOf('delete_session'), { values: {}, body: '' }, '')).not.toContain(
      'console.log',
    )
  })
})

describe('kinds', () => {
  const words = { list: 'list of', or: 'or' }
  it.each([
    [{ $ref: '#/components/schemas/crm.customer' }, 'crm.customer'],
    [{ type: 'array', items: { type: 'string' } }, 'list of string'],
    [{ anyOf: [{ type: 'string', format: 'email' }, { type: 'null' }] }, 'email or null'],
    [{ enum: ['a', 'b'] }, 'a | b'],
    [{}, 'any'],
  ])('of %o', (schema, kind) => {
    expect(kindOf(schema, words)).toBe(kind)
  })
})
