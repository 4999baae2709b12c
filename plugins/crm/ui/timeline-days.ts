import { dayOf } from '@plinth/ui'

/** The activities of one day. */
export interface TimelineDay<A> {
  /** Calendar date in the time zone of the workspace, e.g. `2026-11-21`. */
  readonly day: string
  readonly entries: readonly A[]
}

/** Groups activities by day, in the order they come in. */
export function groupByDay<A extends { readonly occurredAt: string }>(
  activities: readonly A[],
): TimelineDay<A>[] {
  const days = new Map<string, A[]>()
  for (const activity of activities) {
    const day = dayOf(activity.occurredAt)
    days.set(day, [...(days.get(day) ?? []), activity])
  }
  return [...days].map(([day, entries]) => ({ day, entries }))
}
