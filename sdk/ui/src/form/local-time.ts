const two = (value: number): string => String(value).padStart(2, '0')

/** An instant (`2026-11-21T09:30:00.000Z`) as the local wall clock of an input: `2026-11-21T10:30`. */
export function toLocalTime(instant: string | null | undefined): string {
  if (!instant) return ''
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return ''
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** A local wall clock time as an instant in UTC, or null when there is none. */
export function fromLocalTime(local: string): string | null {
  if (!local) return null
  const date = new Date(local)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

/** Today as a calendar date of this place: `2026-11-21`. */
export function today(now: Date = new Date()): string {
  return toLocalTime(now.toISOString()).slice(0, 10)
}
