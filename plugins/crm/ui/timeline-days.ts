/** The activities of one day. */
export interface TimelineDay<A> {
  /** Calendar date in the reader's time zone, e.g. `2026-11-21`. */
  readonly day: string
  readonly entries: readonly A[]
}

/** The calendar date of a moment where the reader is. */
export function dayOf(moment: string | Date): string {
  const at = new Date(moment)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
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
