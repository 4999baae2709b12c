import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import openapiTS, { astToString } from 'openapi-typescript'
import { bootForTest } from '@plinth/testing'
import { afterAll, expect, inject, test } from 'vitest'
import { bootShop } from './shop-platform.ts'

const run = promisify(execFile)
const { platform, baseUrl, key } = await bootShop()
const folder = await mkdtemp(join(import.meta.dirname, '.stranger-'))
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await platform.stop()
})

/** What someone writes who knows the document alone. */
const PROGRAM = `
import createClient from 'openapi-fetch'
import type { components, paths } from './schema.d.ts'

const api = createClient<paths>({
  baseUrl: process.env['BASE_URL']! + '/api/v1',
  headers: { authorization: 'Bearer ' + process.env['KEY']! },
  querySerializer: { array: { style: 'form', explode: false } },
})
const filter: components['schemas']['shop.customer.filter'] = { name: 'Stranger', points: { gte: 6 } }
const input: components['schemas']['shop.customer.create'] = { name: 'Stranger', status: 'lead', points: 5 }
const created = await api.POST('/shop/customers', { body: input })
if (!created.data) throw new Error(created.error.code)
const { id, version } = created.data
const changed = await api.PATCH('/shop/customers/{id}', {
  params: { path: { id }, header: { 'If-Match': JSON.stringify(String(version)) } },
  body: { points: 6 },
})
const listed = await api.GET('/shop/customers', {
  params: { query: { filter: JSON.stringify(filter), sort: ['-points', 'name'], count: true } },
})
const refused = await api.POST('/shop/customers', { body: { name: '' } })
console.log(JSON.stringify({
  points: changed.data?.points,
  names: listed.data?.items.map((item) => item.name),
  total: listed.data?.total,
  pointers: refused.error?.errors?.map((error) => error.pointer),
}))
`

const WRONG = [
  [`await api.POST('/shop/customers', { body: { nam: 'x' } })`, 'nam'],
  [`await api.GET('/shop/clients', {})`, '/shop/clients'],
  [`await api.POST('/shop/customers', { body: { name: 'x', status: 'lost' } })`, 'lost'],
  [`await api.GET('/shop/customers', { params: { query: { filter: { points: { above: 1 } } } } })`, 'above'],
] as const

const check = (file: string) =>
  run(join(import.meta.dirname, '../../../node_modules/.bin/tsc'), [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--target',
    'esnext',
    '--module',
    'preserve',
    '--moduleResolution',
    'bundler',
    '--allowImportingTsExtensions',
    '--skipLibCheck',
    '--types',
    'node',
    file,
  ]).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  )

test('a stranger generates a client from the document, and their program compiles and runs', async () => {
  const document = await (
    await fetch(`${baseUrl}/api/v1/openapi.json`, { headers: { authorization: `Bearer ${key}` } })
  ).json()
  await writeFile(join(folder, 'schema.d.ts'), astToString(await openapiTS(document as never)))
  const file = join(folder, 'program.ts')
  await writeFile(file, PROGRAM)
  expect(await check(file)).toBe('')
  const { stdout } = await run(process.execPath, [file], { env: { BASE_URL: baseUrl, KEY: key } })
  expect(JSON.parse(stdout)).toEqual({ points: 6, names: ['Stranger'], total: 1, pointers: ['/name'] })
  for (const [statement, named] of WRONG) {
    const wrong = join(folder, 'wrong.ts')
    await writeFile(wrong, PROGRAM + statement)
    expect(await check(wrong), statement).toContain(named)
  }
}, 120_000)

test('the client of a workspace with everything compiles, and knows every operation', async () => {
  const everything = await bootForTest({ adminUrl: inject('adminUrl') })
  const { body } = await everything
    .tenant('acme')
    .admin.get<{ paths: Record<string, object> }>('/openapi.json')
  await everything.stop()
  const file = join(folder, 'everything.ts')
  const asserted = Object.entries(body.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `paths[${JSON.stringify(path)}]['${method}']['responses']`),
  )
  expect(asserted.length).toBeGreaterThan(100)
  await writeFile(join(folder, 'everything-schema.ts'), astToString(await openapiTS(body as never)))
  await writeFile(
    file,
    `import type { paths } from './everything-schema.ts'
type All = [${asserted.join(',\n')}]
type There<Answers extends unknown[]> = { [Key in keyof Answers]: [Answers[Key]] extends [never] ? 'lost' : 'there' }
const each: There<All> = [${asserted.map(() => `'there'`).join()}]
console.log(each)`,
  )
  expect(await check(file)).toBe('')
}, 120_000)
