import type { UpgradeError } from '@plinth/sdk'
import type { LedgerRow, OpenUpgrade } from '../data/index.ts'

/** How far an upgrade is, over all tenants: what operators see. */
export interface UpgradeSummary {
  readonly plugin: string
  readonly from: string
  readonly to: string
  /** `expanded`: both versions can run. `contracted`: only the newer one. `reverted`: only the older one. */
  readonly phase: 'expanded' | 'contracted' | 'reverted'
  readonly tenants: Readonly<Record<LedgerRow['state'], number>>
  readonly records: { readonly done: number; readonly total: number }
  readonly failed: readonly {
    readonly tenant: string
    readonly attempts: number
    readonly error: string | null
    readonly records: readonly UpgradeError[]
  }[]
  /** Tenants that are not done, at most a hundred, those under way first. */
  readonly open: readonly {
    readonly tenant: string
    readonly state: LedgerRow['state']
    readonly records: { readonly done: number; readonly total: number }
  }[]
  readonly startedAt: string | null
  /** When the last tenant was done; null while one is not. */
  readonly finishedAt: string | null
}

const ORDER: readonly LedgerRow['state'][] = ['running', 'pending', 'failed']

type Phase = UpgradeSummary['phase']
type Row = LedgerRow & { readonly slug: string }

/** Adds up the ledgers of all databases, the newest upgrade first. */
export function summarise(ledger: readonly Row[], open: readonly OpenUpgrade[]): UpgradeSummary[] {
  const ids = new Set(open.map(({ id }) => id))
  const phaseOf = ({ upgrade, phase }: Row): Phase =>
    ids.has(upgrade) ? 'expanded' : phase === 'reverted' ? 'reverted' : 'contracted'
  // Places without tenants have open upgrades too.
  const empty = open.map(({ plan }) => ({ ...plan, phase: 'expanded' as const, rows: [] as Row[] }))
  const found = ledger.map((row) => ({ ...row, phase: phaseOf(row), rows: [row] }))
  const groups = Map.groupBy([...empty, ...found], ({ plugin, from, to, phase }) =>
    [plugin, from, to, phase].join('\n'),
  )
  return [...groups.values()]
    .map((group) => {
      const rows = group.flatMap((each) => each.rows).toSorted((left, right) => ageOf(left) - ageOf(right))
      // Who went back and forth more than once is counted with the last time.
      const last = [...new Map(rows.map((row) => [row.tenantId, row])).values()]
      return { newest: Math.max(0, ...rows.map(ageOf)), summary: summary(group[0]!, last) }
    })
    .toSorted((left, right) => right.newest - left.newest)
    .map((each) => each.summary)
}

function ageOf({ createdAt }: Row): number {
  return new Date(createdAt).getTime()
}

function summary(
  { plugin, from, to, phase }: Pick<UpgradeSummary, 'plugin' | 'from' | 'to' | 'phase'>,
  rows: readonly Row[],
): UpgradeSummary {
  const count = (state: LedgerRow['state']): number => rows.filter((row) => row.state === state).length
  const finished = rows.every(({ state }) => state === 'done')
  return {
    plugin,
    from,
    to,
    phase,
    tenants: {
      pending: count('pending'),
      running: count('running'),
      failed: count('failed'),
      done: count('done'),
    },
    records: {
      done: rows.reduce((sum, { done }) => sum + done, 0),
      total: rows.reduce((sum, { total }) => sum + total, 0),
    },
    failed: rows
      .filter(({ state }) => state === 'failed')
      .map(({ slug, attempts, error, errors }) => ({ tenant: slug, attempts, error, records: errors })),
    open: rows
      .filter(({ state }) => state !== 'done')
      .toSorted((left, right) => ORDER.indexOf(left.state) - ORDER.indexOf(right.state))
      .slice(0, 100)
      .map(({ slug, state, done, total }) => ({ tenant: slug, state, records: { done, total } })),
    startedAt: earliest(rows.map(({ startedAt }) => startedAt)),
    finishedAt: finished ? earliest(rows.map(({ finishedAt }) => finishedAt).toReversed(), true) : null,
  }
}

/** The first of the moments there are, or the last. */
function earliest(moments: readonly (string | Date | null)[], last = false): string | null {
  const known = moments
    .filter((each) => each !== null)
    .map((each) => new Date(each).toISOString())
    .toSorted()
  return (last ? known.at(-1) : known[0]) ?? null
}
