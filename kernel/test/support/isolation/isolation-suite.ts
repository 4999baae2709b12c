import assert from 'node:assert/strict'
import { pluginsFolderOf } from '../select-plugins.ts'
import { actionCases } from './action-cases.ts'
import { databaseCases } from './database-cases.ts'
import type { IsolationCase } from './isolation-case.ts'
import { buildIsolationWorld, type IsolationOptions } from './isolation-world.ts'
import { recordCases } from './record-cases.ts'
import { kernelRouteCases, pluginRouteCases, powerlessCases } from './route-cases.ts'
import { RowWatch } from './row-watch.ts'

export interface IsolationSuite {
  readonly cases: readonly IsolationCase[]
  /** Stops the platform and drops its database. */
  stop(): Promise<void>
}

/**
 * Attacks one workspace from another, through every route of every plugin and through the database. The cases follow from what
 * is installed; a new plugin is attacked without a line being written. After each, all rows of the attacked workspace are
 * compared with what they were before.
 *
 * @example
 * ```ts
 * const suite = await isolationSuite({ adminUrl, pluginsFolder })
 * test.each(suite.cases)('$name', ({ run }) => run())
 * afterAll(() => suite.stop())
 * ```
 */
export async function isolationSuite(options: IsolationOptions): Promise<IsolationSuite> {
  const world = await buildIsolationWorld(options)
  const cases = [
    ...world.entities.flatMap((entity) => [...recordCases(world, entity), ...actionCases(world, entity)]),
    ...pluginRouteCases(world),
    ...powerlessCases(world),
    ...kernelRouteCases(world),
    ...(await databaseCases(world, pluginsFolderOf(options))),
  ]
  const watch = await RowWatch.over(world)
  const guarded = cases.map(({ name, prepare, tidy, run }) => ({
    name,
    async run() {
      await prepare?.()
      const before = await watch.look()
      await run()
      assert.deepEqual(await watch.look(), before, 'Rows of the other workspace have changed')
      await tidy?.()
    },
  }))
  const stop = async (): Promise<void> => {
    await watch.end()
    await world.connection.end()
    await world.platform.stop()
  }
  return { cases: guarded, stop }
}
