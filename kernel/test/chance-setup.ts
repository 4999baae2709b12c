import { relative } from 'node:path'
import fc from 'fast-check'
import { beforeEach, expect } from 'vitest'
import { drawFrom, runs, seedOf } from './support/chance.ts'

/** What properties draw follows from the seed of the run and the name of the test: the same code gets the same answer twice. */
function drawFor(place: string): void {
  const seed = seedOf(place)
  fc.configureGlobal({ numRuns: runs(100), ...(seed === undefined ? {} : { seed }) })
}

const file = relative(process.cwd(), expect.getState().testPath ?? '')
// For what is drawn outside of tests, while a file is loaded.
drawFor(file)
drawFrom(file)
beforeEach(({ task }) => drawFor(`${file} ${task.suite?.name ?? ''} ${task.name}`))
