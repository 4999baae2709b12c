import type { Result, Round } from './compare.ts'
import type { StartTimes } from './measure-start.ts'

/** The page for people: ratio first, because it means something on every machine. */
export function renderResults(
  result: Result,
  starts: StartTimes,
  machine: { readonly cpu: string; readonly node: string },
): string {
  const ratios = result.measured.map((round) => round.platform / round.baseline)
  const rows = result.measured.map(
    (round, index) =>
      `| ${index + 1} | ${fixed(round.platform)} | ${fixed(round.baseline)} | ${ratios[index]!.toFixed(2)} |`,
  )
  return `# Measured

Written by \`npm run bench\`. Absolute numbers belong to the machine (${machine.cpu}, Node ${machine.node}; load generator, servers and database share it); the ratio is the result.

## List of 50 customers

Through the whole stack (session, tenancy, entitlement, permission with a condition, row-level security) against a hand-written Hono + pg handler of the same query with none of that.
1,000 customers, ${result.connections} connections, ${result.seconds} s per server and round, servers in turns.

**Ratio: ${median(ratios).toFixed(2)}** (median of ${ratios.length}; ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})

| round | platform, requests/s | by hand, requests/s | ratio |
|---|---|---|---|
${rows.join('\n')}
| **median** | **${fixed(median(pick(result, 'platform')))}** | **${fixed(median(pick(result, 'baseline')))}** | **${median(ratios).toFixed(2)}** |

## Warm start

From \`npm start\` to the first answered request, embedded PostgreSQL with four tenants included, against an npm command that starts an empty HTTP server.

**${seconds(median(starts.platform))} s** (median of ${starts.platform.length}; ${starts.platform.map(seconds).join(', ')}), ${(median(starts.platform) / median(starts.baseline)).toFixed(1)} times the empty server's ${seconds(median(starts.baseline))} s
`
}

function pick(result: Result, side: keyof Round): number[] {
  return result.measured.map((round) => round[side])
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2)
}

function fixed(value: number): string {
  return Math.round(value).toLocaleString('en')
}

/** The middle value: one disturbed round does not move it. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
