import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bootForTest, type TestPlatform } from '@plinth/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, type Browser } from './browser/index.ts'
import { codeBlocks, inlineCode, links } from './documents/markdown.ts'
import { oneJourney, pluginFolder, ROOT, type PluginFolder } from './platform/index.ts'
import { flaws, Visitor } from './workspace/index.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const guides = ['README.md', 'CONTRIBUTING.md']
const documents = globSync(['*.md', 'docs/**/*.md', 'plugins/*/README.md', 'bench/*.md'], { cwd: ROOT })

describe('what the guides tell to type', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const projects = [...read('vitest.config.ts').matchAll(/name: '(\w+)'/g)].map(([, name]) => name)

  /** What a command needs and is not there. */
  function fault(command: string): string | undefined {
    const [program = '', ...words] = command.trim().split(/\s+/)
    const plain = words.filter((word) => !word.startsWith('-'))
    if (program === 'npm') {
      const script = words[0] === 'run' ? words[1] : words[0]
      return script !== undefined && script in scripts ? undefined : `no script ${script}`
    }
    if (program === 'npx') {
      const project = words[words.indexOf('--project') + 1]
      if (words.includes('--project') && !projects.includes(project)) return `no project ${project}`
      return existsSync(join(ROOT, 'node_modules/.bin', plain[0] ?? ''))
        ? undefined
        : `no program ${plain[0]}`
    }
    const file = program === 'node' ? plain[0] : program
    return existsSync(join(ROOT, file ?? '')) ? undefined : `no file ${file}`
  }

  test.each(guides)('every command of %s can be typed', (guide) => {
    const text = read(guide)
    const typed = codeBlocks(text)
      .filter(({ language }) => language === 'sh')
      .flatMap(({ code }) => code.split('\n'))
      .flatMap((line) => line.replace(/#.*/, '').split('&&'))
    const named = inlineCode(text).filter((code) => /^(npm|npx|node) |^\.ci\//.test(code))
    const commands = [...typed, ...named]
      .map((command) => command.trim())
      // Getting the repository is all that needs nothing of the repository.
      .filter((command) => command !== '' && !/^(git|cd) /.test(command))
    expect(commands.length).toBeGreaterThan(1)
    expect(commands.map((command) => [command, fault(command)]).filter(([, found]) => found)).toEqual([])
  })

  test.each(guides)('every place in the repository that %s names is there', (guide) => {
    const top = new Set(globSync('{*/,.*/}', { cwd: ROOT }).map((name) => name.replace(/\/$/, '')))
    const places = inlineCode(read(guide)).filter(
      (code) => /^[\w.@/-]+$/.test(code) && code.includes('/') && top.has(code.split('/', 1)[0]!),
    )
    // Made by the first start; and a plugin may be removed, which the guides survive.
    const mayLack = /^(\.plinth\/$|plugins\/)/
    expect(places.filter((place) => !mayLack.test(place) && !existsSync(join(ROOT, place)))).toEqual([])
  })

  test('the settings that the guide lists are those that there are', () => {
    const names = (text: string): string[] =>
      [...new Set(text.match(/\b(PLINTH_[A-Z_]+|DATABASE_URL)\b(?=`| *:|: \{)/g))].toSorted()
    const table = read('README.md')
      .split('\n')
      .filter((line) => /^\| `[A-Z_]+`/.test(line))
      .map((line) => line.split('|')[1]!)
    expect(table.length).toBeGreaterThan(0)
    expect(names(table.join('\n'))).toEqual(names(read('kernel/src/config/config-schema.ts')))
  })

  test.each(documents)('every link of %s leads somewhere', (document) => {
    const inside = links(read(document)).filter((target) => !/^([a-z]+:|#)/.test(target))
    const broken = inside.filter(
      (target) => !existsSync(join(ROOT, dirname(document), target.split('#')[0]!)),
    )
    expect(broken).toEqual([])
  })
})

describe('the plugin that the guide writes', () => {
  oneJourney()
  const files = Object.fromEntries(
    codeBlocks(read('README.md'))
      .filter(({ language }) => language === 'ts')
      .map(({ code }) => [/^\/\/ plugins\/(\S+)\n/.exec(code)?.[1], code]),
  ) as Record<string, string>
  let plugins: PluginFolder
  let platform: TestPlatform
  let browser: Browser

  beforeAll(async () => {
    plugins = await pluginFolder(files)
    platform = await bootForTest({
      pluginsFolder: plugins.folder,
      tenants: [{ slug: 'acme', tier: 'free', plugins: [] }],
    })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await platform?.stop()
    await plugins?.remove()
  })

  test('consists of the two files it says', () => {
    expect(Object.keys(files)).toEqual(['rooms/manifest.ts', 'rooms/src/index.ts'])
  })

  test.each(['de', 'en'] as const)('is switched on and used in the browser, in %s', async (language) => {
    const { port } = await platform.listen()
    const visitor = await Visitor.arrive(browser, { origin: `http://acme.localhost:${port}`, language })
    const words = {
      de: { rooms: 'Räume', add: 'Raum anlegen', seats: 'Plätze', room: 'Dachboden' },
      en: { rooms: 'Rooms', add: 'New room', seats: 'Seats', room: 'Attic' },
    }[language]
    await visitor.signIn(platform.tenant('acme').credentials.admin, '/admin/plugins')
    const toggle = visitor.page.getByRole('switch', { name: words.rooms })
    if ((await toggle.getAttribute('aria-checked')) === 'false') {
      await toggle.click()
      await visitor.page.locator('pl-plan-dialog .decide').click()
    }
    await visitor.choose(words.rooms)
    expect(await flaws(visitor)).toEqual([])
    await visitor.page.getByRole('link', { name: words.add }).first().click()
    await visitor.page.getByRole('textbox', { name: 'Name' }).fill(words.room)
    await visitor.page.getByText(words.seats).waitFor()
    await visitor.page.getByRole('button', { name: visitor.words.save, exact: true }).click()
    await visitor.page.getByRole('heading', { level: 1, name: words.room }).waitFor()
    expect(await flaws(visitor)).toEqual([])
    await visitor.leave()
  })

  test('has a table, an interface that checks, and permissions', async () => {
    const { admin, member } = platform.tenant('acme')
    expect(await platform.sql('SELECT name, seats FROM shared.rooms_room ORDER BY name')).toEqual([
      { name: 'Attic', seats: 4 },
      { name: 'Dachboden', seats: 4 },
    ])
    expect((await member.get('/rooms/rooms?sort=name')).body.items).toHaveLength(2)
    expect(await member.post('/rooms/rooms', { name: 'Cellar' })).toMatchObject({
      status: 403,
      body: { permission: 'office.rooms.room.create' },
    })
    expect((await admin.post('/rooms/rooms', { name: 'Attic' })).body.code).toBe('unique_violated')
    expect((await admin.post('/rooms/rooms', { seats: 0 })).body.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pointer: '/name' }),
        expect.objectContaining({ pointer: '/seats' }),
      ]),
    )
    const { body: audit } = await admin.get('/audit?subjectType=rooms.room')
    expect(audit.items).toHaveLength(2)
  })

  test('keeps the last room', async () => {
    const { admin } = platform.tenant('acme')
    const [first, last] = (await admin.get('/rooms/rooms?sort=name')).body.items as { id: string }[]
    expect((await admin.delete(`/rooms/rooms/${first!.id}`)).status).toBe(204)
    expect(await admin.delete(`/rooms/rooms/${last!.id}`)).toMatchObject({
      status: 409,
      body: { code: 'rooms.last_room', detail: 'Keep at least one room.' },
    })
  })
})
