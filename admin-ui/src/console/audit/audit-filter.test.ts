import { setLocale } from '@plinth/ui'
import { afterEach, expect, test } from 'vitest'
import { actionsCalled, eventName } from './action-names.ts'
import { auditAddress } from './audit-address.ts'
import { auditQuery, readAuditFilter } from './audit-filter.ts'

const asked = (address: string): string => String(auditQuery(readAuditFilter(new URLSearchParams(address))))

afterEach(() => setLocale('en'))

test('days are asked for as a whole, the last one too', () => {
  const query = auditQuery(
    readAuditFilter(new URLSearchParams('kind=security&q= ada &from=2026-11-01&to=2026-11-01')),
  )
  expect(query.get('q')).toBe('ada')
  expect(query.get('security')).toBe('true')
  expect(Date.parse(query.get('to')!) - Date.parse(query.get('from')!)).toBe(24 * 60 * 60_000)
})

test('what an address asks for and cannot be meant is passed over', () => {
  expect(asked('')).toBe('')
  expect(asked('from=yesterday&to=2026-13-45&since=soon&kind=all&other=1')).toBe('')
})

test('a moment counts as long as no day is chosen', () => {
  const since = '2026-11-22T08:00:00.000Z'
  expect(new URLSearchParams(asked(`since=${since}`)).get('from')).toBe(since)
  expect(new URLSearchParams(asked(`since=${since}&from=2026-11-20`)).get('from')).not.toBe(since)
})

test('an address for others leads to what it was made of', () => {
  const address = auditAddress({ kind: 'security', action: 'access.refused' })
  expect(address).toBe('/admin/audit?kind=security&action=access.refused')
  expect(asked(address.split('?')[1]!)).toBe('security=true&action=access.refused')
})

test('actions are found by what they are called, in the language of the reader', () => {
  expect(actionsCalled('password changed')).toContain('password.changed')
  expect(actionsCalled('  ')).toEqual([])
  expect(actionsCalled('no such thing')).toEqual([])
  setLocale('de')
  expect(actionsCalled('passwort geändert')).toContain('password.changed')
  expect(actionsCalled('abgewiesen zugriff')).toContain('access.refused')
  expect(eventName('access.refused')).not.toContain('access')
})
