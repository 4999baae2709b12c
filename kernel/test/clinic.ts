import { expect } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'

export const PATIENTS = '/clinic/patients'

/** Values of a patient as they are. */
export const CLEAR = {
  account: 'DE89370400440532013000',
  email: 'margarete@example.de',
  phone: '+49 40 123456',
  born: '1985-03-31',
  admittedAt: '2026-05-04T08:30:00+00:00',
  income: { amount: '4200.00', currency: 'EUR' },
  weight: '71.5',
  children: 3,
  infectious: false,
  faith: 'other',
  allergies: ['nuts'],
  home: { city: 'Altona', street: 'Elbweg 1' },
  notes: 'Sleeps badly',
}
/** The same as masks show them. */
export const MASKED = {
  account: 'DE** **** 3000',
  insurance: '****4711',
  email: 'm***@example.de',
  phone: '+49 *** 56',
  born: '1985',
  admittedAt: '2026',
  income: '****',
  weight: '****',
  children: '****',
  infectious: '****',
  faith: '****',
  allergies: '****',
  home: '****',
  notes: '****',
}
export const HIDDEN = Object.keys(MASKED)

/** A platform with the plugin of masked fields, and members who may see and replace more or less of them. */
export async function openClinic() {
  const platform = await bootFixtures({ plugins: ['clinic'] })
  const tenant = platform.tenant('acme')
  const [clerk, desk, accountant, doctor, head] = await Promise.all(
    ['clerk', 'desk', 'accountant', 'doctor', 'head'].map((role) => tenant.addMember([`clinic.${role}`])),
  )
  let count = 0
  /** A patient with something in every field. */
  const admit = async (values: object = {}) => {
    count += 1
    const { body, status, text } = await head!.post(PATIENTS, {
      name: `Margarete ${count}`,
      ward: 'north',
      ...CLEAR,
      insurance: `A${String(count).padStart(4, '0')}4711`,
      ...values,
    })
    expect(status, text).toBe(201)
    return body as { id: string; version: number } & Record<string, unknown>
  }
  return { platform, tenant, clerk, desk, accountant, doctor, head, admit }
}
