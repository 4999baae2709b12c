import { sampler } from '@plinth/sdk'
import { CONVERSATIONS } from './sample-conversations.ts'

export interface SampleActivity {
  readonly kind: 'call' | 'email' | 'meeting' | 'note'
  readonly direction: 'in' | 'out' | null
  readonly subject: string
  readonly body: string
  readonly occurredAt: string
  /** Position of the customer in the list given. */
  readonly customer: number
}

const ACTIVITIES = 120
const DAY = 86_400_000
const HOUR = 3_600_000

/**
 * Conversations of the last months, oldest first, the same for the same tenant on the same day.
 *
 * @param contacts a contact's name per customer, in the order of the customers
 */
export function planActivities(slug: string, contacts: readonly string[], today: Date): SampleActivity[] {
  const sample = sampler(`crm-activities:${slug}`)
  const midnight = Math.floor(today.getTime() / DAY) * DAY

  return Array.from({ length: ACTIVITIES }, () => {
    // A third of the customers makes most of the conversation, as it is.
    const often = Math.ceil(contacts.length / 3)
    const customer = sample.chance(0.7) ? sample.int(0, often - 1) : sample.int(0, contacts.length - 1)
    const { body, ...conversation } = sample.pick(CONVERSATIONS)
    // More of it lately: the product of two chances leans towards today.
    const daysAgo = 1 + Math.floor((sample.int(0, 1000) * sample.int(0, 1000) * 120) / 1_000_000)
    const minutes = sample.int(0, 9 * 12) * 5
    const occurredAt = new Date(
      onWorkday(midnight - daysAgo * DAY) + 7 * HOUR + minutes * 60_000,
    ).toISOString()
    return {
      ...conversation,
      body: body.replace('{contact}', contacts[customer] ?? ''),
      occurredAt,
      customer,
    }
  }).toSorted((a, b) => a.occurredAt.localeCompare(b.occurredAt))
}

/** The day itself, or the Friday before a weekend. */
function onWorkday(day: number): number {
  const weekday = new Date(day).getUTCDay()
  return weekday === 0 ? day - 2 * DAY : weekday === 6 ? day - DAY : day
}
