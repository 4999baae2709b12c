const DAY_MS = 86_400_000

/**
 * Days that are left until a moment, as people count them: a day that has begun is one.
 *
 * @param end as ISO 8601
 * @param now in milliseconds
 */
export function daysLeft(end: string, now = Date.now()): number {
  return Math.max(0, Math.ceil((Date.parse(end) - now) / DAY_MS))
}
