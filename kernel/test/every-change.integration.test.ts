import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { FIXTURE_PLUGINS } from './boot-fixtures.ts'
import { DeedWorld, type Deed } from './every-change/deed-world.ts'
import { kernelDeeds, TRIED_ELSEWHERE, WITHOUT_ENTRY } from './every-change/kernel-deeds.ts'
import { recordDeeds } from './every-change/record-deeds.ts'
import { IdentityProvider } from './support/identity-provider.ts'
import { OPERATOR_TOKEN } from './operator.ts'
import { bootForTest, type BootForTestOptions } from './support/index.ts'

const provider = await IdentityProvider.start()
afterAll(() => provider.stop())

/** What imports and uploads change becomes a record's in the end, and there it is an entry. Actions that read change nothing. */
const BEFORE_THE_RECORD = /\/imports(\/|$)|\/files\/[^/]+$/

async function build(options: BootForTestOptions): Promise<DeedWorld> {
  const platform = await bootForTest({
    adminUrl: inject('adminUrl'),
    roles: ['web'],
    ...options,
    config: {
      publicUrl: 'http://{tenant}.localhost',
      privateProviders: new Set([provider.host]),
      operatorToken: OPERATOR_TOKEN,
    },
  })
  return new DeedWorld(platform, platform.tenant('acme'))
}

/** Makes a change with a log that takes entries, and with one that does not. Answers why it could not be tried, if so. */
async function prove(world: DeedWorld, deed: Deed, isPluginsOwn: boolean): Promise<string | undefined> {
  const act = await deed()
  const before = await world.state()
  const answer = await act()
  // A plugin may ask for more than its description says.
  if (isPluginsOwn && answer.status >= 400 && answer.status < 500) return answer.text
  expect(answer.status, answer.text).toBeLessThan(300)
  const changed = Object.entries(await world.state()).some(([name, digest]) => before[name] !== digest)
  if (isPluginsOwn && !changed) return 'It changes nothing'
  expect(await world.entriesOf(answer), answer.text).not.toEqual([])
  const again = await deed()
  const untouched = await world.state()
  const refused = await world.withoutAudit(again)
  expect(refused.status, refused.text).toBeGreaterThanOrEqual(500)
  expect(refused.headers.getSetCookie().join()).not.toMatch(/plinth_session=[^;]/)
  expect(await world.state()).toEqual(untouched)
  return undefined
}

describe.each([
  { of: 'the plugins of this repository', pluginsFolder: join(import.meta.dirname, '../../plugins') },
  {
    of: 'the kernel, and plugins with everything there is',
    pluginsFolder: FIXTURE_PLUGINS,
    plugins: ['garage', 'yard', 'billboard'],
  },
])('K-AUD-02: every operation of $of that changes something', async ({ of: _of, ...options }) => {
  const world = await build(options)
  afterAll(() => world.stop())
  const deeds = Object.assign({}, ...(await world.entities()).map((meta) => recordDeeds(world, meta)))
  const isKernels = options.plugins !== undefined
  const own = isKernels ? kernelDeeds(world, provider) : {}
  const operations = (await world.operations()).filter(
    (each) => !BEFORE_THE_RECORD.test(each) && !(each in WITHOUT_ENTRY) && !(each in TRIED_ELSEWHERE),
  )
  const { plugins } = world.platform.platform.root.cradle.catalogue
  const isOfPlugin = (operation: string): boolean => plugins.has(operation.split(/[ /]/)[2]!)
  const isRecords = (operation: string): boolean => operation in deeds
  // What plugins add by hand is tried as far as it can be guessed how.
  const isGuessed = (operation: string): boolean =>
    isOfPlugin(operation) && (!isRecords(operation) || operation.includes('/actions/'))
  const tried = operations.filter((each) => isOfPlugin(each) || isKernels)

  test('and what is tried elsewhere is', () => {
    for (const file of Object.values(TRIED_ELSEWHERE))
      expect(readFileSync(join(import.meta.dirname, file), 'utf8')).toMatch(/plinth\.audit|\/audit/)
  })

  test.for(tried)('is an entry, and does not happen without it: %s', async (operation, { skip }) => {
    const deed: Deed | undefined = own[operation] ?? deeds[operation]
    if (!deed && isGuessed(operation)) skip('How it is done is not said by its description')
    // Nobody has said how the new one is done: write it down beside the others.
    expect(deed, `There is no deed for ${operation}`).toBeDefined()
    const reason = await prove(world, deed!, isGuessed(operation))
    if (reason !== undefined) skip(reason)
  })
})
