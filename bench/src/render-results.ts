import type { AccessCosts, AccessRound } from './access-cost.ts'
import type { Comparison, Round } from './compare.ts'
import type { Following } from './measure-following.ts'
import type { Growth } from './measure-growth.ts'
import type { Memory } from './measure-memory.ts'
import type { StartTimes } from './measure-start.ts'
import { median } from './median.ts'

/** The page for people: ratios first, because they mean something on every machine. */
export function renderResults(
  comparisons: readonly Comparison[],
  access: AccessCosts,
  following: Following,
  growth: readonly Growth[],
  memory: Memory,
  starts: StartTimes,
  machine: { readonly cpu: string; readonly node: string },
): string {
  return `# Measured

Written by \`npm run bench\`. Absolute numbers belong to the machine (${machine.cpu}, Node ${machine.node}; load generator, servers and database share it); the ratios are the result.

## Against handlers written by hand

Through the whole stack (session, tenancy, entitlement, permission with a condition, row-level security; creating also validation, audit, outbox, idempotency key) against a hand-written Hono + pg handler
of the same query with none of that; creating is compared with a bare insert in a transaction. 1,000 records to begin with, ${comparisons[0]!.connections} connections, ${comparisons[0]!.seconds} s per server and round, servers in turns.

${comparisons.map(comparison).join('\n')}
## Who asks, and what they may do

Processor time of the server for finding out who asks and what they may do, as a share of that of a whole list of 50 (the database's not counted), in one process and in turns; each round some thousand requests.

| shown by | share | who and what, µs | list, µs |
|---|---|---|---|
${Object.entries(access)
  .map(([way, rounds]) => shareOf(way, rounds))
  .join('\n')}

## How soon other nodes follow

A member's role is taken at one node and given back, while the member asks another node without pause: from the answer to the change to the first answer that follows it, its own time included. Against a bare
notification between two connections to the same database.

**${tenths(median(following.platform))} ms** (median of ${following.platform.length}; at most ${tenths(Math.max(...following.platform))}), ${(median(following.platform) / median(following.baseline)).toFixed(1)} times the bare notification's ${tenths(median(following.baseline))} ms (at most ${tenths(Math.max(...following.baseline))})

## What more tenants and rows cost

One request after another, platforms in turns; median of ${growth[0]!.list.length} rounds of medians, and the ratio to the smallest.

| platform | list of 50, ms | ratio | get one, ms | ratio |
|---|---|---|---|---|
${growth.map((each) => grown(each, growth[0]!)).join('\n')}

### Memory of an idle tenant

What the server takes for each of ${fixed(memory.tenants)} more tenants at level shared, after a member of each has asked for a list and then nobody for a minute.

**${fixed(median(memory.taken.map((each) => each.resident)))} bytes resident** (median of ${memory.taken.length}; ${memory.taken.map((each) => fixed(each.resident)).join(', ')}), of which in use **${fixed(median(memory.taken.map((each) => each.used)))}** (${memory.taken.map((each) => fixed(each.used)).join(', ')})

## Warm start

From \`npm start\` to the first answered request, embedded PostgreSQL with four tenants included, against an npm command that starts an empty HTTP server.

**${seconds(median(starts.platform))} s** (median of ${starts.platform.length}; ${starts.platform.map(seconds).join(', ')}), ${(median(starts.platform) / median(starts.baseline)).toFixed(1)} times the empty server's ${seconds(median(starts.baseline))} s
`
}

function shareOf(way: string, rounds: readonly AccessRound[]): string {
  const shares = rounds.map(({ access, list }) => access / list)
  const range = `${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}`
  const [who, list] = (['access', 'list'] as const).map((part) =>
    fixed(median(rounds.map((round) => round[part]))),
  )
  return `| ${way} | **${percent(median(shares))}** (${range}) | ${who} | ${list} |`
}

function comparison(result: Comparison): string {
  const ratios = result.measured.map((round) => round.platform / round.baseline)
  const rows = result.measured.map(
    (round, index) =>
      `| ${index + 1} | ${fixed(round.platform)} | ${fixed(round.baseline)} | ${ratios[index]!.toFixed(2)} |`,
  )
  const middle = median(ratios).toFixed(2)
  return `### ${result.name}

**Ratio: ${middle}** (median of ${ratios.length}; ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})

| round | platform, requests/s | by hand, requests/s | ratio |
|---|---|---|---|
${rows.join('\n')}
| **median** | **${fixed(median(pick(result, 'platform')))}** | **${fixed(median(pick(result, 'baseline')))}** | **${middle}** |
`
}

function grown(each: Growth, smallest: Growth): string {
  const cells = (['list', 'get'] as const).flatMap((kind) => {
    const value = median(each[kind])
    return [value.toFixed(2), (value / median(smallest[kind])).toFixed(2)]
  })
  return `| ${each.label} | ${cells.join(' | ')} |`
}

function pick(result: Comparison, side: keyof Round): number[] {
  return result.measured.map((round) => round[side])
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2)
}

function tenths(value: number): string {
  return value.toFixed(1)
}

function fixed(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
