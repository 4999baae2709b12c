import { randomInt } from 'node:crypto'
import { configDefaults, defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const exclude = [...configDefaults.exclude, '**/dist/**', '**/.plinth/**']
const browserSide = ['{admin-ui,sdk/ui}/src/**/*.test.ts', 'plugins/*/ui/**/*.test.ts']
const withDatabase = {
  globalSetup: 'kernel/test/embedded-postgres-setup.ts',
  // One database server for all files; what a file leaves behind must not disturb the next one anyway.
  isolate: false,
}

/**
 * What properties draw: always the same, so that the same code gets the same answer twice, unless a run explores
 * (`PLINTH_TEST_SEED=random`) or repeats one that did. All workers get it from the environment.
 */
const seed =
  process.env['PLINTH_TEST_SEED'] === 'random' ? randomInt(2 ** 31) : (process.env['PLINTH_TEST_SEED'] ?? '1')
if (process.env['PLINTH_TEST_SEED'] === 'random')
  process.once('exit', () => console.info(`\nTo draw the same again: PLINTH_TEST_SEED=${seed}`))
process.env['PLINTH_TEST_SEED'] = String(seed)
/** How many times as long as usual a run takes that explores. */
const longer = Math.max(1, Number(process.env['PLINTH_TEST_RUNS'] ?? 0) / 2000)

/** What comes about after a moment is waited for: a busy machine is no failure, and one that is not is not kept waiting. */
const patient = { poll: { timeout: 20_000, interval: 20 } }

/** Files that take minutes begin first: left over at the end, they would keep everyone waiting. */
const LONG = [
  ...['isolation', 'each-level', 'server-faults', 'moving-cancelled', 'conformance', 'lists'].map(
    (name) => `/${name}.integration.test.ts`,
  ),
  ...['switch-on-tickets', 'walk', 'custom-fields', 'reference'].map((name) => `/${name}.e2e.test.ts`),
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const index = LONG.findIndex((name) => moduleId.endsWith(name))
      return index === -1 ? LONG.length : index
    }
    // oxlint-disable-next-line unicorn/no-array-sort -- a method of the class above, not of an array
    const sorted = await super.sort(files)
    return sorted.toSorted((left, right) => place(left) - place(right))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...exclude, ...browserSide, '**/*.{integration,e2e}.test.ts'],
          isolate: false,
          setupFiles: 'kernel/test/chance-setup.ts',
          // A busy machine is no failure.
          testTimeout: 30_000 * longer,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'ui',
          include: browserSide,
          exclude,
          environment: 'happy-dom',
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude,
          setupFiles: 'kernel/test/chance-setup.ts',
          expect: patient,
          // Enough for servers of their own on a machine that has ten other things to do.
          testTimeout: 120_000 * longer,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
          // A file keeps one core busy, and waits about as long as it works. With more, they would wait for each other.
          maxWorkers: 2,
          ...withDatabase,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts', 'plugins/*/test/**/*.e2e.test.ts'],
          exclude,
          expect: patient,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
          // Browser, server and database of a journey wait for each other; a second journey works meanwhile.
          maxWorkers: 2,
          ...withDatabase,
        },
      },
    ],
  },
})
