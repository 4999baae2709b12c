import { inject } from 'vitest'
import { bootForTest, createTestDatabase } from './support/index.ts'
import type { BootForTestOptions, TestDatabase, TestPlatform } from './support/index.ts'
import type { SelectedPlugins } from './support/select-plugins.ts'

/** A version of plugins in use, and the one that comes after it. */
export interface Succession {
  readonly database: TestDatabase
  /** A node of the version in use. */
  readonly old: TestPlatform
  readonly next: SelectedPlugins
  /** Leaves nothing behind. Whatever else works on the database is stopped before. */
  end(): Promise<void>
}

/**
 * Boots the first of two versions on a database of its own.
 *
 * @param versions folders of both
 */
export async function bootFirst(
  versions: readonly [Promise<SelectedPlugins>, Promise<SelectedPlugins>],
  options: BootForTestOptions,
): Promise<Succession> {
  const database = await createTestDatabase(inject('adminUrl'))
  const [first, next] = await Promise.all(versions)
  const old = await bootForTest({ ...options, database, pluginsFolder: first.folder })
  return {
    database,
    old,
    next,
    async end() {
      await old.stop()
      await database.drop()
      await first.remove()
      await next.remove()
    },
  }
}
