import { join } from 'node:path'
import type { EntityMeta, ShellDocument } from '@plinth/sdk'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { bootForTest, makeInput, makeRecord } from './support/index.ts'

const LIST = 4
const CREATE = 9
const ANY = 9

const platform = await bootForTest({
  adminUrl: inject('adminUrl'),
  pluginsFolder: join(import.meta.dirname, '../../plugins'),
  tenants: [{ slug: 'acme' }],
  // Handing events on is work of its own, after the request.
  roles: ['web'],
})
const { admin } = platform.tenant('acme')
afterAll(() => platform.stop())

const { body: shell } = await admin.get<ShellDocument>('/shell')
const { body: document } = await admin.get('/openapi.json')

describe.each(Object.keys(shell.entities))('%s', async (id) => {
  const { body: meta } = await admin.get<EntityMeta>(`/meta/${id.replace('.', '/')}`)
  const names = meta.fields.flatMap((field) => (field.ref ? [field.ref.include] : []))
  const include = names.length === 0 ? '' : `&include=${names.join(',')}`
  const creatable = meta.can.includes('create')

  test(`lists 50 records with at most ${LIST} statements, whatever comes along`, async () => {
    if (creatable) for (let count = 0; count < 51; count += 1) await makeRecord(admin, id)
    const path = `${meta.api}?limit=50&count=true${include}`
    const spent = await platform.statements(async () => {
      const { status, body } = await admin.get(path)
      expect(status).toBe(200)
      if (creatable) expect(body.items).toHaveLength(50)
    })
    expect(spent).toBeGreaterThan(0)
    expect(spent).toBeLessThanOrEqual(LIST)
  })

  test.runIf(creatable)(
    `creates, reads, changes and deletes a record with at most ${CREATE} statements each`,
    async () => {
      const input = await makeInput(admin, id)
      const spent: Record<string, number> = {}
      let record: { id: string; version: number } | undefined
      spent['create'] = await platform.statements(async () => {
        const { status, body, text } = await admin.post(meta.api, input)
        expect(status, text).toBe(201)
        record = body
      })
      const path = `${meta.api}/${record!.id}`
      spent['read'] = await platform.statements(() => admin.get(`${path}?${include.slice(1)}`))
      if (meta.can.includes('update')) {
        const field = meta.fields.find((each) => each.type === 'string' && !each.readOnly && !each.immutable)!
        const changes = { [field.name]: (await makeInput(admin, id, {}, { full: true }))[field.name] }
        spent['change'] = await platform.statements(() =>
          admin.patch(path, changes, { version: record!.version }),
        )
      }
      if (meta.can.includes('delete')) spent['delete'] = await platform.statements(() => admin.delete(path))
      for (const [operation, statements] of Object.entries(spent))
        expect(statements, `${operation}: ${JSON.stringify(spent)}`).toBeLessThanOrEqual(CREATE)
    },
  )
})

test('every other route of every plugin and of the kernel needs fewer than ten', async () => {
  const paths = Object.entries(document.paths as Record<string, Record<string, unknown>>)
  const routes = paths.flatMap(([path, item]) =>
    'get' in item && !path.includes('{') && !hasOwnToken(item['get'])
      ? [path + neededQuery(item['get'])]
      : [],
  )
  expect(routes).toContain('/members')
  // A stream that never ends is no request to be counted.
  for (const path of routes.filter((each) => each !== '/live')) {
    const spent = await platform.statements(async () =>
      expect((await admin.get(path)).status, path).toBe(200),
    )
    expect(spent, path).toBeLessThanOrEqual(ANY)
  }
})

test('a request whose session, plugins and rights are known asks the database for records only', async () => {
  expect(await platform.statements(() => admin.get('/shell'))).toBe(0)
})

/** What providers ask for comes with a token of its own, and is counted where there is one. */
function hasOwnToken(operation: unknown): boolean {
  const { security } = operation as { security?: readonly object[] }
  return security?.some((each) => 'scim' in each) ?? false
}

/** The parameters an operation cannot do without, as its document gives them for example. */
function neededQuery(operation: unknown): string {
  const { parameters = [] } = operation as {
    parameters?: { name: string; in: string; required?: boolean; example?: string }[]
  }
  const needed = parameters.filter((each) => each.in === 'query' && each.required)
  if (needed.length === 0) return ''
  const values = needed.map(({ name, example }): [string, string] => [name, String(example)])
  return `?${new URLSearchParams(values).toString()}`
}
