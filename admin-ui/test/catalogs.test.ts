import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

type Catalog = Readonly<Record<string, string>>

const read = (file: string): Catalog => JSON.parse(readFileSync(file, 'utf8')) as Catalog
const common = Object.keys(read(join(ROOT, 'sdk/ui/src/locales/en.json')))

/** Folders whose `locales` speak German and English: parts of the browser side, and plugins. */
const folders = globSync(
  ['sdk/ui/src/**/locales/en.json', 'admin-ui/src/**/locales/en.json', 'plugins/*/locales/en.json'],
  {
    cwd: ROOT,
  },
)
  .map((file) => dirname(dirname(file)))
  .filter((folder) => !folder.includes('node_modules'))
  .toSorted()

type Message = ReturnType<IntlMessageFormat['getAst']>

/** Kinds of parts that name no value: text, and the number sign inside a plural. */
const NAMELESS = [0, 7]

/** Names of the values a message takes, also inside plurals. */
function values(parts: Message): string[] {
  return parts.flatMap((part) => {
    if (NAMELESS.includes(part.type)) return []
    const nested =
      'options' in part && part.options
        ? Object.values(part.options).flatMap(({ value }) => values(value))
        : []
    return [...('value' in part ? [part.value] : []), ...nested]
  })
}

function valuesOf(text: string): string[] {
  return [
    ...new Set(values(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst())),
  ].toSorted()
}

/** Source files that use a folder's texts: those below it, without parts that bring catalogs of their own. */
function sources(folder: string): string[] {
  const own = globSync(`${folder}/**/*.ts`, { cwd: ROOT }).filter(
    (file) => !/node_modules|\/dist\/|\.test\.ts$/.test(file),
  )
  const parts = folders.filter((other) => other !== folder && other.startsWith(`${folder}/`))
  return own.filter((file) => !parts.some((part) => file.startsWith(`${part}/`)))
}

const usesOf = (file: string): string[] =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\b(?:t|common)\(\s*'([^']+)'/g)].map(
    (found) => found[1] ?? '',
  )

describe.each(folders)('the texts of %s', (folder) => {
  const en = read(join(ROOT, folder, 'locales/en.json'))
  const germanFile = join(ROOT, folder, 'locales/de.json')
  const de = existsSync(germanFile) ? read(germanFile) : {}

  it('have the same keys in German and English', () => {
    expect(Object.keys(de).toSorted()).toEqual(Object.keys(en).toSorted())
  })

  it('are valid messages that take the same values in both languages', () => {
    for (const [key, message] of Object.entries(en)) {
      expect(valuesOf(de[key] ?? ''), key).toEqual(valuesOf(message))
    }
  })

  it('contain every key the code asks for', () => {
    const asked = sources(folder).flatMap((file) => usesOf(file).map((key) => ({ key, file })))
    const missing = asked.filter(({ key }) => !(key in en) && !common.includes(key))
    expect(missing).toEqual([])
  })

  it('are not empty', () => {
    expect(Object.entries({ ...en, ...de }).filter(([, message]) => message.trim() === '')).toEqual([])
  })
})

it('leaves no text of the shell unused', () => {
  const shell = Object.keys(read(join(ROOT, 'admin-ui/src/locales/en.json')))
  const code = globSync('admin-ui/src/**/*.ts', { cwd: ROOT })
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n')
  const built = [...code.matchAll(/`([a-z][\w.]*\.)\$\{/gi)].map((found) => found[1] ?? '')
  const unused = shell.filter(
    (key) => !code.includes(`'${key}'`) && !built.some((prefix) => key.startsWith(prefix)),
  )
  expect(unused).toEqual([])
})
