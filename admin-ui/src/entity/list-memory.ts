import type { AnyRecord } from '@plinth/ui'

/** A list as it was left. */
export interface LeftList {
  /** What was asked for; another question has another list. */
  readonly asked: string
  readonly rows: readonly AnyRecord[]
  readonly next: string | null
  readonly total: number | undefined
  /** The row at the top. */
  readonly topRow: number
}

/** So many lists are remembered. */
const KEPT = 10

const left = new Map<number, LeftList>()

/** Number of the step in the browser's history that is shown. */
export function historyStep(): number {
  return (history.state as { readonly step?: number } | null)?.step ?? 0
}

/** Remembers a list for whoever comes back to its step in the history; opening it anew starts at its top. */
export function remember(step: number, list: LeftList): void {
  left.delete(step)
  left.set(step, list)
  const [oldest] = left.keys()
  if (left.size > KEPT && oldest !== undefined) left.delete(oldest)
}

/** The list that was left at this step, given away once. */
export function recall(step: number, asked: string): LeftList | undefined {
  const list = left.get(step)
  left.delete(step)
  return list?.asked === asked ? list : undefined
}
