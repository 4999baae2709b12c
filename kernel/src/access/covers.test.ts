import { expect, test } from 'vitest'
import { covers, within } from './covers.ts'

test.each([
  ['*', '*', true],
  ['*', 'backoffice.*', true],
  ['backoffice.*', '*', false],
  ['backoffice.*', 'backoffice.crm.*', true],
  ['backoffice.crm.*', 'backoffice.*', false],
  ['backoffice.crm.*', 'backoffice.crmx.*', false],
  ['backoffice.crm.*', 'backoffice.crm.customer.read', true],
  ['backoffice.crm.customer.read', 'backoffice.crm.customer.*', false],
])('K-PERM-01: who holds %s may pass on %s: %s', (held, wanted, may) => {
  expect(covers([{ permission: held }], wanted)).toBe(may)
  expect(covers([{ permission: held, condition: { ownerId: '$actor.id' } }], wanted)).toBe(false)
  expect(covers([{ permission: held, fields: ['iban'] }], wanted)).toBe(false)
})

test('of a grant and a bound, the narrower is left, with its condition', () => {
  const left = (permission: string, bound: readonly string[]) =>
    within([{ permission, condition: { a: 1 } }], bound)
  expect(left('*', ['a.b.*', 'c.d.e.f'])).toEqual([
    { permission: 'a.b.*', condition: { a: 1 } },
    { permission: 'c.d.e.f', condition: { a: 1 } },
  ])
  expect(left('a.b.c.read', ['a.*'])).toEqual([{ permission: 'a.b.c.read', condition: { a: 1 } }])
  expect(left('a.b.*', ['a.bc.*'])).toEqual([])
})
