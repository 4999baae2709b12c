import { expect, test } from 'vitest'
import { checkEmployment } from './employment.ts'
import { DEPARTMENTS } from './sample-company.ts'
import { planStaff } from './sample-staff.ts'

const today = new Date('2026-11-21T09:00:00Z')
const slugs = ['acme', 'globex', 'initech', 'nordlicht', 'sonnenhof']

test('the same tenant gets the same people, another tenant others', () => {
  expect(planStaff('acme', today)).toEqual(planStaff('acme', today))
  const names = new Set(
    slugs.map((slug) =>
      planStaff(slug, today)
        .map((person) => person.email.split('@')[0])
        .join(),
    ),
  )
  expect(names.size).toBe(slugs.length)
})

test.each(slugs)('%s has two dozen people in five departments, each with an address of their own', (slug) => {
  const staff = planStaff(slug, today)
  expect(staff).toHaveLength(24)
  expect(new Set(staff.map((person) => person.department)).size).toBe(DEPARTMENTS.length)
  expect(new Set(staff.map((person) => person.email)).size).toBe(24)
  for (const { email } of staff) expect(email).toMatch(new RegExp(`^[a-z]+\\.[a-z]+@${slug}\\.example$`, 'u'))
})

test.each(slugs)('every employment at %s is one the hooks accept', (slug) => {
  for (const person of planStaff(slug, today)) expect(() => checkEmployment(person, 'en')).not.toThrow()
})

test('managers stand before their people, and only one person has none', () => {
  const staff = planStaff('acme', today)
  expect(staff.filter((person) => person.manager === null)).toHaveLength(1)
  const above = staff.map((person, position) => position - (person.manager ?? -1))
  expect(Math.min(...above)).toBeGreaterThan(0)
})

test('phone numbers come from the ranges kept free for fiction', () => {
  for (const { phone } of slugs.flatMap((slug) => planStaff(slug, today))) {
    expect(phone).toMatch(/^\+49 (30 23125|40 66969|69 90009|89 99998|221 4710) \d{3}$/u)
  }
})
