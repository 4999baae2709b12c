import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { compare, operations, type Comparison } from './compare.ts'
import { measureFollowing } from './measure-following.ts'
import { measureGrowth } from './measure-growth.ts'
import { measureMemory } from './measure-memory.ts'
import { measureStart } from './measure-start.ts'
import { renderResults } from './render-results.ts'
import { startServers } from './servers.ts'

/**
 * Measures how soon a warm start answers, the data plane against hand-written handlers, how soon nodes follow each other, and what many tenants and rows cost, all in one
 * run, and writes the numbers down.
 */
const starts = await measureStart(5)
const servers = await startServers()
try {
  const small = await servers.platform('small', { tenants: 0, others: 0, rows: 1_000 })
  const baseline = await servers.baseline('small')
  const comparisons: Comparison[] = []
  for (const operation of operations)
    comparisons.push(await compare(operation, small, baseline, { rounds: 7, seconds: 4, connections: 8 }))
  const access = await small.access()
  const following = await measureFollowing(servers)
  const growth = await measureGrowth(servers)
  const memory = await measureMemory(servers)
  const text = renderResults(comparisons, access, following, growth, memory, starts, {
    cpu: `${cpus().length} × ${cpus()[0]?.model.trim()}`,
    node: process.version,
  })
  writeFileSync(join(import.meta.dirname, '..', 'RESULTS.md'), text)
  process.stdout.write(text)
} finally {
  await servers.stop()
}
