export const PRIORITY_VALUES = [
  { value: 'critical', label: { en: 'Critical', de: 'Kritisch' }, tone: 'danger' },
  { value: 'high', label: { en: 'High', de: 'Hoch' }, tone: 'warning' },
  { value: 'medium', label: { en: 'Medium', de: 'Mittel' }, tone: 'info' },
  { value: 'low', label: { en: 'Low', de: 'Niedrig' }, tone: 'neutral' },
] as const

export type TicketPriority = (typeof PRIORITY_VALUES)[number]['value']

/** Hours until the first answer is due. */
const RESPONSE_HOURS: Readonly<Record<TicketPriority, number>> = { critical: 2, high: 8, medium: 24, low: 72 }

/**
 * When the first answer is due, by the clock on the wall, nights and weekends included.
 *
 * @param receivedAt RFC 3339
 * @returns RFC 3339 in UTC
 */
export function responseDue(receivedAt: string, priority: TicketPriority): string {
  return new Date(Date.parse(receivedAt) + RESPONSE_HOURS[priority] * 3_600_000).toISOString()
}
