import { bootForTest, createTestDatabase, type TestDatabase, type TestPlatform } from '@plinth/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, type Browser } from './browser/index.ts'
import { oneJourney, pluginFolder, type PluginFolder } from './platform/index.ts'
import { flaws, Visitor, WINDOWS } from './workspace/index.ts'

const WORDS = {
  de: {
    plugin: 'Garage',
    halted:
      'Angehalten: Version 2.0.0 nimmt 2 der gespeicherten Werte nicht an. Einer dieser Datensätze liegt im Papierkorb.',
    trash: 'Im Papierkorb',
    where: 'car › mail',
    remedy: 'Nichts ist verloren.',
    retry: 'Garage: erneut versuchen',
    runs: 'Wird auf Version 2.0.0 umgestellt: 1 von 3 Datensätzen.',
    switch: 'Garage einschalten',
  },
  en: {
    plugin: 'Garage',
    halted:
      'Halted: version 2.0.0 does not accept 2 of the stored values. One of these records lies in the trash.',
    trash: 'In the trash',
    where: 'car › mail',
    remedy: 'Nothing is lost.',
    retry: 'Garage: try again',
    runs: 'Being brought to version 2.0.0: 1 of 3 records.',
    switch: 'Switch Garage on',
  },
} as const

const label = { en: 'X', de: 'X' }

/** A plugin without code: what its records are is all it says. */
const version = (number: string, mail: object): Record<string, string> => ({
  'garage/plinth.json': JSON.stringify({
    manifestVersion: 1,
    id: 'garage',
    version: number,
    publisher: 'example',
    license: 'MIT',
    area: 'example',
    name: { en: 'Garage', de: 'Garage' },
    description: { en: 'Cars and their owners.', de: 'Autos und wem sie gehören.' },
    icon: 'car',
    category: { en: 'House', de: 'Haus' },
    engines: { plinth: '^1' },
    tier: 'free',
    entities: {
      car: {
        label,
        labelPlural: label,
        collection: 'cars',
        display: 'plate',
        softDelete: true,
        fields: { plate: { type: 'string', label, required: true }, mail: { ...mail, label } },
      },
    },
  }),
})

describe('the console while a plugin is brought to a new version', () => {
  let browser: Browser
  let database: TestDatabase
  let folders: PluginFolder[]
  let before: TestPlatform
  let platform: TestPlatform
  beforeAll(async () => {
    database = await createTestDatabase(process.env['PLINTH_TEST_ADMIN_URL']!)
    folders = [
      await pluginFolder(version('1.0.0', { type: 'string' })),
      await pluginFolder(version('2.0.0', { type: 'email' })),
    ]
    before = await bootForTest({
      database,
      pluginsFolder: folders[0]!.folder,
      plugins: ['garage'],
      tenants: [{ slug: 'wide' }, { slug: 'narrow' }],
    })
    for (const slug of ['wide', 'narrow'])
      for (const mail of ['ada@example.org', 'by pigeon'])
        await before.tenant(slug).admin.post('/garage/cars', { plate: mail.slice(0, 3), mail })
    for (const { admin } of before.tenants) {
      const { body } = await admin.post('/garage/cars', { plate: 'gone', mail: 'by snail' })
      await admin.delete(`/garage/cars/${body.id}`)
    }
    platform = await bootForTest({
      database,
      pluginsFolder: folders[1]!.folder,
      plugins: ['garage'],
      tenants: [],
    })
    for (const { id, slug } of before.tenants) platform.admit({ id, slug })
    await platform.platform.root.cradle.upgrades.run()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await platform?.stop()
    await before?.stop()
    await database?.drop()
    for (const folder of folders ?? []) await folder.remove()
  })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let visitor: Visitor

    /** What the ledger says of this workspace, as when a node is at it. */
    async function ledger(state: 'running' | 'failed'): Promise<void> {
      const { id } = platform.tenant(size)
      await platform.sql(
        `UPDATE plinth.upgrade SET state = $2, done = CASE $2 WHEN 'running' THEN 1 ELSE 0 END WHERE tenant_id = $1`,
        [id, state],
      )
      await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: id })
    }

    beforeAll(async () => {
      const { port } = await platform.listen()
      visitor = await Visitor.arrive(browser, { origin: `http://${size}.localhost:${port}`, size, language })
      await visitor.signIn(before.tenant(size).credentials.admin, '/admin/plugins')
    })
    afterAll(() => visitor?.leave())

    test('says that it rests, and which value of which record is the cause', async () => {
      await visitor.page.getByText(words.halted).first().waitFor()
      expect(await flaws(visitor)).toEqual([])
      await visitor.page.locator('[data-plugin="garage"]').click()
      await visitor.page.getByText(words.where).first().waitFor()
      await visitor.page.getByText(words.trash, { exact: true }).waitFor()
      await visitor.page.getByText(words.remedy).waitFor()
      expect(await visitor.page.locator('body').textContent()).not.toContain('pigeon')
      expect(await flaws(visitor)).toEqual([])
    })

    test('says how far it is, and that it is on again, without anybody asking', async () => {
      await visitor.open('/admin/plugins')
      await ledger('running')
      await visitor.page.getByText(words.runs).first().waitFor()
      await visitor.page.getByRole('progressbar').first().waitFor()
      expect(await flaws(visitor)).toEqual([])
      await ledger('failed')
      await visitor.page.getByText(words.halted).first().waitFor()
    })

    test('and once the values have been put right, or removed, it is brought along by one press', async () => {
      const { admin } = before.tenant(size)
      const [car] = (await admin.get('/garage/cars?sort=plate')).body.items.filter(
        ({ mail }: { mail: string }) => mail === 'by pigeon',
      )
      await admin.patch(`/garage/cars/${car.id}`, { mail: 'b@example.org' }, { version: car.version })
      const [gone] = (await admin.get('/garage/cars/trash')).body.items
      await admin.delete(`/garage/cars/trash/${gone.id}`)
      await visitor.page.getByRole('button', { name: words.retry }).click()
      await visitor.page.getByRole('switch', { name: words.switch, checked: true }).waitFor()
      expect((await visitor.api('/garage/cars')).body.items).toHaveLength(2)
      expect(await flaws(visitor)).toEqual([])
    })
  })
})
