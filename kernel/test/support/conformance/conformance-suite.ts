import { indexCases } from './index-cases.ts'
import { listCases } from './list-cases.ts'
import { lockingCases, permissionCases } from './permission-cases.ts'
import { secretCases } from './secret-cases.ts'
import { valueCases } from './value-cases.ts'
import { buildConformanceWorld, type ConformanceCase, type ConformanceOptions } from './conformance-world.ts'

export interface ConformanceSuite {
  readonly cases: readonly ConformanceCase[]
  /** Stops the platform and drops its database. */
  stop(): Promise<void>
}

/**
 * Holds every entity of every plugin against what all entities promise: lists answer what the same question answers in memory,
 * values are kept as they are or refused by name, a
 * permission permits what it says and nothing else, changes made at once do not overwrite each other, damaged values take nothing else with
 * them, and lists are found by indexes.
 * The cases follow from what is installed; a new plugin is tried without a line being written.
 *
 * @example
 * ```ts
 * const suite = await conformanceSuite({ adminUrl, pluginsFolder })
 * test.each(suite.cases)('$name', ({ run }) => run())
 * afterAll(() => suite.stop())
 * ```
 */
export async function conformanceSuite(options: ConformanceOptions): Promise<ConformanceSuite> {
  const world = await buildConformanceWorld(options)
  const cases = world.entities.flatMap((meta) => [
    ...permissionCases(world, meta),
    ...listCases(world, meta),
    ...valueCases(world, meta),
    ...lockingCases(world, meta),
    ...secretCases(world, meta),
    ...indexCases(world, meta),
  ])
  return { cases, stop: () => world.platform.stop() }
}
