import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { expect, test } from 'vitest'

/** Order of knowledge: a folder imports only what stands before it. A new folder finds its place here first. */
const ORDER = [
  'errors',
  'config',
  'lookout',
  'postgres',
  'container',
  'crypto',
  'media',
  'storage',
  'data',
  'places',
  'tenancy',
  'moving',
  'identity',
  'access',
  'operators',
  'entitlements',
  'audit',
  'sign-on',
  'scim',
  'events',
  'mail',
  'files',
  'contributions',
  'plugins',
  'accounts',
  'transfer',
  'sealing',
  'custom-fields',
  'roles',
  'weaknesses',
  'http',
  'demo',
  'housekeeping',
  'log',
  'identity-services',
  'boot',
  'index',
  'main',
  'reach-database',
  'reach-database',
  'keys',
  'verify-audit',
]

const source = join(import.meta.dirname, '../src')
const IMPORT = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g

/** First part of a path below `src`: the folder, or the name of a file that stands alone. */
const layerOf = (path: string) => (path.split('/')[0] ?? '').replace(/\.ts$/, '')

interface Import {
  readonly from: string
  readonly to: string
}

function imports(): Import[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .flatMap((from) =>
      [...readFileSync(join(source, from), 'utf8').matchAll(IMPORT)].map(([, specifier = '']) => ({
        from,
        to: normalize(join(dirname(from), specifier)).replaceAll('\\', '/'),
      })),
    )
}

/** What is wrong with an import between two folders of the kernel; undefined when nothing is. */
function fault({ from, to }: Import): string | undefined {
  const [own, other] = [layerOf(from), layerOf(to)]
  if (own === other) return undefined
  const [ownRank, otherRank] = [ORDER.indexOf(own), ORDER.indexOf(other)]
  if (otherRank < 0) return `${from} imports ${to}, which is outside kernel/src or has no place in the order`
  if (ownRank < 0) return `${from}: the folder ${own} has no place in the order`
  if (otherRank > ownRank) return `${from} imports ${to}, but ${own} stands before ${other}`
  if (to !== `${other}.ts` && to !== `${other}/index.ts`)
    return `${from} imports ${to} past the door of ${other}`
  return undefined
}

test('every folder of the kernel imports only folders before it, through their doors', () => {
  const all = imports()
  expect(all.length).toBeGreaterThan(0)
  expect(all.map(fault).filter((found) => found !== undefined)).toEqual([])
})

test.each([
  ['data/pool.ts', 'http/index.ts', 'data stands before http'],
  ['http/app.ts', 'data/pool.ts', 'past the door of data'],
  ['http/app.ts', '../test/serve-postgres.ts', 'outside kernel/src'],
  ['jokes/one.ts', 'data/index.ts', 'jokes has no place in the order'],
])('an import from %s to %s is refused', (from, to, reason) => {
  expect(fault({ from, to })).toContain(reason)
})

test('a folder’s place is found from its path', () => {
  expect(layerOf(relative(source, join(source, 'http/steps/tenant.ts')))).toBe('http')
  expect(layerOf('errors.ts')).toBe('errors')
})
