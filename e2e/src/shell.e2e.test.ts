import type { ShellDocument } from '@plinth/sdk'
import { bootForTest, type TestPlatform } from '@plinth/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, type Browser } from './browser/index.ts'
import { pluginFolder, STUMBLING_PLUGINS, type PluginFolder } from './platform/index.ts'
import { flaws, Visitor, WORDS, type VisitorOptions } from './workspace/index.ts'

let browser: Browser
let plugins: PluginFolder
let platform: TestPlatform
let port: number
const visitors: Visitor[] = []

beforeAll(async () => {
  plugins = await pluginFolder(STUMBLING_PLUGINS)
  platform = await bootForTest({
    pluginsFolder: plugins.folder,
    tenants: [
      { slug: 'acme', sampleData: true },
      { slug: 'bare', plugins: [] },
    ],
  })
  port = (await platform.listen()).port
  browser = await launchBrowser()
})
afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.leave()
})
afterAll(async () => {
  await browser?.close()
  await platform?.stop()
  await plugins?.remove()
})

async function arrive(slug: string, options: Omit<VisitorOptions, 'origin'> = {}): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, { origin: `http://${slug}.localhost:${port}`, ...options })
  visitors.push(visitor)
  return visitor
}

const adminOf = (slug: string) => platform.tenant(slug).credentials.admin
const memberOf = (slug: string) => platform.tenant(slug).credentials.member

describe('the way in', () => {
  test('whoever knows a workspace’s name is led there, and told when nobody has that name', async () => {
    const visitor = await Visitor.arrive(browser, { origin: `http://localhost:${port}` })
    visitors.push(visitor)
    await visitor.open('/')
    const name = visitor.page.getByRole('textbox', { name: 'Name of your workspace' })
    await name.fill('nobody')
    await name.press('Enter')
    await visitor.page.getByRole('alert').getByText('There is no workspace “nobody”.').waitFor()
    // The answers of an unknown workspace are what was asked for.
    visitor.faults.length = 0
    expect(await flaws(visitor)).toEqual([])
    await name.fill('acme')
    await name.press('Enter')
    await visitor.page.waitForURL(`http://localhost:${port}/t/acme/`)
    await visitor.enter(adminOf('acme').email, adminOf('acme').password)
    await visitor.ready()
    await visitor.choose(visitor.words.plugins)
    expect(visitor.page.url()).toBe(`http://localhost:${port}/t/acme/admin/plugins`)
  })

  test('a wrong password is refused in words, and the right one then accepted', async () => {
    const visitor = await arrive('acme', { size: 'narrow' })
    await visitor.open('/')
    await visitor.speak()
    await visitor.enter(adminOf('acme').email, 'not the password')
    await visitor.page.getByRole('alert').getByText('E-mail or password is not right.').waitFor()
    expect(await flaws(visitor)).toEqual([])
    await visitor.enter(adminOf('acme').email, adminOf('acme').password)
    await visitor.ready()
  })

  test('an address from a bookmark is opened after signing in', async () => {
    const visitor = await arrive('acme')
    await visitor.signIn(adminOf('acme'), '/admin/plugins?show=on')
    await visitor.page.getByRole('heading', { level: 1, name: 'Plugins' }).waitFor()
    expect(visitor.page.url()).toBe(`${visitor.origin}/admin/plugins?show=on`)
  })

  test('signing out ends the session, also for the back button', async () => {
    const visitor = await arrive('acme')
    await visitor.signIn(adminOf('acme'))
    await visitor.choose(visitor.words.plugins)
    await visitor.page.getByRole('button', { name: adminOf('acme').email }).click()
    await visitor.page.getByRole('menuitem', { name: visitor.words.signOut }).click()
    await visitor.page.getByRole('heading', { name: visitor.words.signIn }).waitFor()
    await visitor.page.goBack()
    await visitor.page.getByRole('heading', { name: visitor.words.signIn }).waitFor()
    expect((await visitor.api('/session')).status).toBe(401)
  })
})

describe('the frame', () => {
  test('a language once chosen stays, here and on other devices', async () => {
    const visitor = await arrive('bare')
    await visitor.signIn(memberOf('bare'))
    await visitor.page.getByRole('button', { name: 'Switch language to Deutsch' }).click()
    const home = { name: WORDS.de.home, exact: true }
    await visitor.page.getByRole('link', home).waitFor()
    await expect.poll(async () => (await visitor.api('/session')).body.member.locale).toBe('de')
    await visitor.page.reload()
    await visitor.page.getByRole('link', home).waitFor()

    const elsewhere = await arrive('bare')
    await elsewhere.open('/')
    await elsewhere.speak()
    await elsewhere.enter(memberOf('bare').email, memberOf('bare').password)
    await elsewhere.page.getByRole('link', home).waitFor()
    expect(await elsewhere.page.evaluate('document.documentElement.lang')).toBe('de')
  })

  test('a colour scheme once chosen stays', async () => {
    const visitor = await arrive('acme')
    await visitor.signIn(adminOf('acme'))
    const background = (): Promise<string> =>
      visitor.page.evaluate(`getComputedStyle(document.querySelector('main')).backgroundColor`)
    const light = await background()
    await visitor.page.getByRole('button', { name: visitor.words.toDark }).click()
    await visitor.page.getByRole('button', { name: visitor.words.toLight }).waitFor()
    const dark = await background()
    expect(dark).not.toBe(light)
    await visitor.page.reload()
    await visitor.page.getByRole('button', { name: visitor.words.toLight }).waitFor()
    expect(await background()).toBe(dark)
  })

  test('the keyboard alone leads anywhere through the command palette', async () => {
    const visitor = await arrive('acme')
    await visitor.signIn(adminOf('acme'))
    const { keyboard } = visitor.page
    await keyboard.press('Control+k')
    const palette = visitor.page.getByRole('combobox', { name: 'Go to or do …' })
    await palette.waitFor()
    expect(await flaws(visitor)).toEqual([])
    await keyboard.type('plug')
    await keyboard.press('Enter')
    await visitor.page.getByRole('heading', { level: 1, name: 'Plugins' }).waitFor()
    await palette.waitFor({ state: 'hidden' })

    await keyboard.press('Control+k')
    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowUp')
    await visitor.page.getByRole('option', { name: 'Home', selected: true }).waitFor()
    await keyboard.press('Escape')
    await palette.waitFor({ state: 'hidden' })
    expect(visitor.page.url()).toBe(`${visitor.origin}/admin/plugins`)
  })

  test('an address where nothing is says so, and leads home', async () => {
    const visitor = await arrive('acme', { size: 'narrow', language: 'de' })
    await visitor.signIn(adminOf('acme'), '/app/no/such/place')
    await visitor.page.getByRole('heading', { name: 'Hier ist nichts' }).waitFor()
    expect(await flaws(visitor)).toEqual([])
    await visitor.page.getByRole('link', { name: 'Zur Übersicht' }).click()
    await visitor.page.waitForURL(`${visitor.origin}/`)
  })

  test('whoever lacks a permission learns which, and sees no console', async () => {
    const visitor = await arrive('acme')
    const { body: shell } = await platform.tenant('acme').member.get<ShellDocument>('/shell')
    expect(shell.console).toEqual([])
    const closed = Object.values(shell.entities).find((entity) => !entity.can.includes('create'))
    await visitor.signIn(memberOf('acme'), '/admin/plugins')
    await visitor.page.locator('pl-not-found').waitFor()
    expect(await visitor.page.locator('pl-sidebar.beside').getByText('Administration').count()).toBe(0)
    if (!closed) return
    await visitor.open(`${closed.path}/new`)
    await visitor.page.getByRole('heading', { name: 'Not yours to see' }).waitFor()
    expect(await flaws(visitor)).toEqual([])
  })
})

describe('the screens of plugins', () => {
  test('one that stumbles takes nothing down with it', async () => {
    const visitor = await arrive('acme')
    await visitor.signIn(adminOf('acme'))
    const stumbled = visitor.page.getByRole('heading', { name: 'This screen has stumbled' })
    for (const name of ['stumbler drawing', 'stumbler loading', 'tampered sound']) {
      await visitor.choose(name)
      await stumbled.waitFor()
    }
    // What went wrong stands on the console, for those who look for it.
    expect(visitor.faults.splice(0).join('\n')).toMatch(/while drawing[^]*while loading[^]*integrity/)
    expect(await flaws(visitor)).toEqual([])
    await visitor.choose('stumbler touching')
    await visitor.page.getByRole('button', { name: 'Touch' }).click()
    await stumbled.waitFor()
    visitor.faults.length = 0
    await visitor.page.getByRole('button', { name: 'Load again' }).click()
    await visitor.page.getByRole('heading', { name: 'Do not touch' }).waitFor()
    await visitor.choose('stumbler sound')
    await visitor.page.getByRole('heading', { name: 'Sound as a bell' }).waitFor()
    expect(await flaws(visitor)).toEqual([])
  })

  test('code of a plugin is asked for when its screen is opened, and of one that is off never', async () => {
    const visitor = await arrive('bare')
    const asked = (): string[] => visitor.requests.filter((url) => url.includes('/plugin-assets/'))
    await visitor.signIn(adminOf('bare'))
    await visitor.choose(visitor.words.plugins)
    const path = '/app/stumbler/sound'
    await visitor.open(path)
    await visitor.page.locator('pl-not-found').waitFor()
    await visitor.choose(visitor.words.home)

    await platform.tenant('bare').switch('enable', 'stumbler')
    await (await visitor.entry('stumbler sound')).waitFor()
    await visitor.choose(visitor.words.plugins)
    expect(asked()).toEqual([])
    await visitor.choose('stumbler sound')
    expect(asked()).toEqual([`${visitor.origin}/plugin-assets/stumbler/index-1.js`])
  })
})
