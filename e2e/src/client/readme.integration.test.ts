import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import * as client from '@plinth/client'
import * as manifest from './plugins/shop/manifest.ts'
import { bootShop } from './shop-platform.ts'

const { platform, baseUrl, key } = await bootShop()
afterAll(() => platform.stop())

const MODULES = { '@plinth/client': client, './plugins/shop/manifest.ts': manifest }
const readme = readFileSync(join(import.meta.dirname, '../../../sdk/client/README.md'), 'utf8')

test('the examples of the guide run, one after the other, and print what it says', async () => {
  const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!)
  expect(blocks.length).toBeGreaterThan(8)
  const program = blocks
    .join('\n')
    .replaceAll(
      /import \{([^}]+)\} from '([^']+)'/g,
      (_all, names: string, from: string) => `var {${names.replaceAll(' as ', ': ')}} = modules['${from}']`,
    )
  const lines: string[] = []
  const AsyncFunction = (async () => undefined).constructor as new (
    ...parameters: string[]
  ) => (...values: unknown[]) => Promise<void>
  const code = stripTypeScriptTypes(`async () => {${program}}`).slice('async () => {'.length, -1)
  const print = { log: (...values: unknown[]) => void lines.push(values.join(' ')) }
  await new AsyncFunction('modules', 'baseUrl', 'key', 'console', code)(MODULES, baseUrl, key, print)
  expect(lines.slice(0, 6)).toEqual([
    'Ada 12.50',
    '6 Warp, Shuttle',
    'Punch cards',
    '1 Ada',
    '1 12.50',
    '1 /name',
  ])
  expect(lines[6]).toMatch(/^422 validation_failed .+ [0-9a-f-]{36}$/)
  expect(lines[7]).toBe('3.1.0')
})

test('what the guide imports twice with the same key is there once', async () => {
  const found = await client
    .createClient({ baseUrl, key })
    .entity(manifest.manifest, 'customer')
    .list({ filter: { name: 'Imported' }, count: true })
  expect(found.total).toBe(1)
})
