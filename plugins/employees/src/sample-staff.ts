import { sampler, type Sampler } from '@plinth/sdk'
import { DEPARTMENTS, SITES } from './sample-company.ts'
import { FIRST_NAMES, LAST_NAMES, plainSpelling } from './sample-names.ts'

/** One person of the sample company, with positions in the plan in place of ids. */
export interface SamplePerson {
  readonly department: number
  /** Position of the manager in the plan, or null at the top. Managers stand before their people. */
  readonly manager: number | null
  /** Whether the person leads the department. */
  readonly leads: boolean
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone: string
  readonly birthDate: string
  readonly iban: string
  readonly jobTitle: string
  readonly entryDate: string
  readonly exitDate: string | null
  readonly weeklyHours: string
  readonly federalState: (typeof SITES)[number]['federalState']
  readonly status: 'active' | 'inactive' | 'left'
}

const DAY = 86_400_000
const WEEKLY_HOURS = ['40.00', '40.00', '40.00', '38.50', '35.00', '30.00', '20.00'] as const

/**
 * The people of a sample company, the same for the same tenant on the same day.
 *
 * @param slug of the tenant; another one gives other people
 */
export function planStaff(slug: string, today: Date): SamplePerson[] {
  const sample = sampler(`employees:${slug}`)
  // Customers of the same tenant live around here too, as long as they pick from the same seed.
  const site = sampler(`region:${slug}`).pick(SITES)
  const firstNames = sample.shuffle(FIRST_NAMES)
  const lastNames = sample.shuffle(LAST_NAMES)
  const extensions = sample.shuffle(Array.from({ length: 90 }, (_, index) => 110 + index))
  const staff: SamplePerson[] = []

  for (const [department, { posts }] of DEPARTMENTS.entries()) {
    const lead = staff.length
    for (const [post, jobTitle] of posts.entries()) {
      const firstName = firstNames[staff.length] as string
      const lastName = lastNames[staff.length] as string
      staff.push({
        department,
        manager: post > 0 ? lead : department > 0 ? 0 : null,
        leads: post === 0,
        firstName,
        lastName,
        email: `${plainSpelling(firstName)}.${plainSpelling(lastName)}@${slug}.example`,
        phone: `${site.phonePrefix} ${extensions[staff.length]}`,
        birthDate: birthDate(today, slug, staff.length),
        iban: account(slug, staff.length),
        jobTitle,
        weeklyHours: post === 0 ? '40.00' : sample.pick(WEEKLY_HOURS),
        federalState: site.federalState,
        ...employment(sample, today, { mayHaveEnded: post > 0 }),
      })
    }
  }
  return staff
}

/** Most people stay for years; now and then someone is on leave or has gone. */
function employment(sample: Sampler, today: Date, { mayHaveEnded }: { mayHaveEnded: boolean }) {
  const entry = new Date(today.getTime() - sample.int(200, 16 * 365) * DAY)
  entry.setUTCDate(sample.chance(0.8) ? 1 : 15)
  const entryDate = calendarDate(entry)
  if (mayHaveEnded && sample.chance(0.08)) {
    return {
      entryDate,
      exitDate: calendarDate(new Date(today.getTime() - sample.int(20, 160) * DAY)),
      status: 'left',
    } as const
  }
  const status = mayHaveEnded && sample.chance(0.08) ? 'inactive' : 'active'
  return { entryDate, exitDate: null, status } as const
}

/** Between 20 and 63 years before the day. */
function birthDate(today: Date, slug: string, position: number): string {
  const days = sampler(`birthday:${slug}:${position}`).int(20 * 366, 63 * 365)
  return calendarDate(new Date(today.getTime() - days * DAY))
}

/** An account number that is formed as one, of a bank that does not exist. */
function account(slug: string, position: number): string {
  const number = `00000000${String(sampler(`account:${slug}:${position}`).int(1, 999_999_999)).padStart(10, '0')}`
  // DE as digits, and 00 where the check digits come to stand.
  const check = 98n - (BigInt(`${number}131400`) % 97n)
  return `DE${String(check).padStart(2, '0')}${number}`
}

function calendarDate(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
