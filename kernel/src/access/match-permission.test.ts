import { expect, test } from 'vitest'
import { matchesPermission } from './match-permission.ts'

test.each([
  ['*', 'backoffice.crm.customer.read', true],
  ['backoffice.*', 'backoffice.crm.customer.read', true],
  ['backoffice.crm.*', 'backoffice.crm.customer.read', true],
  ['backoffice.crm.customer.*', 'backoffice.crm.customer.read', true],
  ['backoffice.crm.customer.read', 'backoffice.crm.customer.read', true],
  ['backoffice.crm.customer.read', 'backoffice.crm.customer.update', false],
  ['backoffice.*', 'backofficex.crm.customer.read', false],
  ['backoffice.crm.*', 'backoffice.crmx.customer.read', false],
  ['backoffice', 'backoffice.crm.customer.read', false],
  ['backoffice.crm', 'backoffice.crm.customer.read', false],
  ['*.read', 'backoffice.crm.customer.read', false],
  ['back*', 'backoffice.crm.customer.read', false],
  ['backoffice.*.customer.read', 'backoffice.crm.customer.read', false],
  ['backoffice.crm.*', 'backoffice.crm', false],
  ['', 'backoffice.crm.customer.read', false],
  ['.*', 'backoffice.crm.customer.read', false],
  ['support.*', 'backoffice.crm.customer.read', false],
  ['**', 'backoffice.crm.customer.read', false],
  ['backoffice.crm.customer.rea', 'backoffice.crm.customer.read', false],
  ['Backoffice.*', 'backoffice.crm.customer.read', false],
])('K-PERM-03: %s covers %s: %s', (granted, wanted, expected) => {
  expect(matchesPermission(granted, wanted)).toBe(expected)
})
