/** Periods of the calendar in which now is, as times relative to now name them. */
export const PERIODS = ['day', 'week', 'month', 'year'] as const

export type Period = (typeof PERIODS)[number]

/** What is asked of a field that lies in the present period: not before it begins, and before the next one does. */
export function duringPeriod(period: string): { readonly gte: string; readonly lt: string } {
  return { gte: `$${period}`, lt: `$${period}+P1${period[0]!.toUpperCase()}` }
}

/** The period something lies in of which this is asked; undefined where that is no period. */
export function periodOf({ gte, lt }: Readonly<Record<string, unknown>>): Period | undefined {
  return PERIODS.find((period) => {
    const wanted = duringPeriod(period)
    return gte === wanted.gte && lt === wanted.lt
  })
}

/** What else is asked than that something lies in a period. */
export function askedBeside(
  period: Period | undefined,
  asked: Readonly<Record<string, unknown>>,
): readonly [operator: string, value: unknown][] {
  return Object.entries(asked).filter(
    ([operator]) => period === undefined || (operator !== 'gte' && operator !== 'lt'),
  )
}
