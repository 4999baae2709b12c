import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { measureStart } from './measure-start.ts'
import { prepareWorld } from './prepare-world.ts'
import { compare } from './compare.ts'
import { renderResults } from './render-results.ts'

/**
 * Measures how soon a warm start answers, and the list of 50 customers through the whole stack against a hand-written handler, in one
 * run, and writes the numbers down.
 */
const starts = await measureStart(5)
const world = await prepareWorld()
try {
  const result = await compare(world, { rounds: 7, seconds: 4, connections: 8 })
  const text = renderResults(result, starts, {
    cpu: `${cpus().length} × ${cpus()[0]?.model.trim()}`,
    node: process.version,
  })
  writeFileSync(join(import.meta.dirname, '..', 'RESULTS.md'), text)
  process.stdout.write(text)
} finally {
  await world.stop()
}
