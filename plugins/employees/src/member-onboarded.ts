import type { MemberOnboarded, PlinthEvent } from '@plinth/sdk'
import type { EmployeesHost } from './host.ts'

/** Has whoever has become a member by signing on be an employee too: the one known by that address, else a new one. */
export async function memberOnboarded(event: PlinthEvent, host: EmployeesHost): Promise<void> {
  const { email, name, givenName, familyName } = event.data as unknown as MemberOnboarded
  const { employee } = host.entities
  const [linked] = await employee.find({ filter: { userId: event.subject }, limit: 1 })
  if (linked) return
  const [known] = await employee.find({ filter: { email }, limit: 1 })
  if (known) {
    if (known.userId === null) await employee.update(known.id, known.version, { userId: event.subject })
    return
  }
  const { first, last } = namesOf(name, givenName, familyName)
  await employee.create({
    firstName: first,
    lastName: last,
    email,
    userId: event.subject,
    entryDate: host.clock.today(),
  })
}

/** The last word of a name is taken for the family name where the provider does not tell them apart. */
function namesOf(name: string, given: string | null, family: string | null): { first: string; last: string } {
  const words = name.trim().split(/\s+/)
  const last = family ?? words.at(-1)!
  const first = given ?? (words.slice(0, -1).join(' ') || last)
  return { first: first.slice(0, 80), last: last.slice(0, 80) }
}
