import type { AccessExplanation } from '@plinth/sdk'
import { setLocale } from '@plinth/ui'
import { beforeEach, expect, test } from 'vitest'
import { Explanation } from './explanation.ts'

const CRM = { id: 'crm', label: { en: 'Customers' }, state: 'enabled', tier: 'professional' }
const READ: AccessExplanation = {
  permission: 'a.crm.customer.read',
  words: { group: { en: 'Customers' }, subject: { en: 'Contacts' }, action: { en: 'See' } },
  member: { id: 'm', label: 'Mara' },
  allowed: true,
  reason: 'granted',
  grants: [],
  roles: [],
  fields: [],
  rules: [],
  plugin: CRM,
}

async function drawn(facts: Partial<AccessExplanation>): Promise<string> {
  const element = new Explanation()
  element.explanation = { ...READ, ...facts }
  document.body.append(element)
  await element.updateComplete
  const text = element.renderRoot.textContent ?? ''
  element.remove()
  return text.replace(/\s+/gu, ' ')
}

beforeEach(() => setLocale('en'))

test('says by which roles, and that a condition of one of them is not met', async () => {
  const text = await drawn({
    allowed: false,
    reason: 'condition_unmet',
    grants: [
      { permission: 'a.crm.*', condition: { ownerId: '$actor.id' }, via: ['lead', 'reader'], met: false },
    ],
    roles: [
      { id: 'lead', label: { en: 'Lead' } },
      { id: 'reader', label: { en: 'Reader' } },
    ],
    fields: [{ name: 'ownerId', label: { en: 'Owner' }, type: 'member' }],
    fix: '/admin/roles?role=lead',
  })
  expect(text).toContain('Customers · Contacts: See')
  expect(text).toContain('The roles of Mara include it, but not for this record.')
  expect(text).toContain('Lead → Reader if “Owner” names Mara does not hold for this record')
  expect(text).toContain('To the roles')
  expect(text).not.toContain('Ask')
})

test('names who has passed a right on, whom its condition is about', async () => {
  const delegation = { id: 'd', giver: { id: 'x', label: 'Ada' }, until: '2026-11-30T12:00:00Z' }
  const text = await drawn({
    grants: [{ permission: 'a.*', condition: { ownerId: '$actor.id' }, via: ['lead'], delegation }],
    roles: [{ id: 'lead', label: { en: 'Lead' } }],
  })
  expect(text).toMatch(/Lead passed on by Ada until .*2026.*if “ownerId” names Ada/u)
})

test('says that a limit is reached, which tier has more, and who has set it', async () => {
  const limit = {
    id: 'crm.customers',
    label: { en: 'Customers' },
    used: 5,
    value: 5,
    because: { kind: 'override', reason: 'A gift', until: null },
    next: { tier: 'professional', value: 100 },
  } as const
  const words = 'The limit is reached: 5 of 5 (Customers). The tier Professional has 100.'
  const refused = await drawn({
    allowed: false,
    reason: 'limit_reached',
    limit,
    fix: '/admin/plugins?plugin=crm',
  })
  expect(refused).toContain(words)
  expect(refused).toContain('Set by the operator of the platform: A gift')
  expect(refused).toContain('To the plugin')
  const allowed = await drawn({ limit: { ...limit, because: { kind: 'tier', tier: 'free' } } })
  expect(allowed).toContain(words)
  expect(allowed).not.toContain('Set by the operator')
})

test('tells a right for all records from one for some', async () => {
  const some = { permission: 'a.*', condition: { status: 'open' }, via: [] }
  expect(await drawn({ grants: [some] })).toContain('Mara may do this for some records, not for all.')
  expect(await drawn({ grants: [some, { permission: 'a.*', via: [] }] })).toContain('Mara may do this.')
})

test.each([
  ['tier_required', '“Customers” is not part of your plan. It is available from the Professional plan on.'],
  ['plugin_disabled', '“Customers” is switched off in this workspace. Its data is kept.'],
  ['plugin_quarantined', '“Customers” has failed and was stopped until somebody starts it again.'],
  ['plugin_upgrading', '“Customers” is being upgraded. It comes back by itself.'],
  ['not_granted', 'None of the roles of Mara includes it.'],
] as const)('has words for %s, and for whom to ask', async (reason, words) => {
  const askWhom = [{ id: 'x', label: 'Ada' }]
  const text = await drawn({ allowed: false, reason, askWhom })
  expect(text).toContain(words)
  expect(text).toContain('Ask one of those who can change it: Ada.')
  const unnamed = await drawn({ allowed: false, reason })
  expect(unnamed).toContain('Ask an administrator of your workspace.')
})

const MERGING = { id: 'merge', label: { en: 'Merge customers' } }

test.each([
  ['override', '“Merge customers” is switched off in this workspace.'],
  ['rollout', '“Merge customers” is being introduced step by step, and not here yet.'],
  ['default', '“Merge customers” is not on in your plan unless somebody switches it on.'],
] as const)('names the feature that is off by %s, and the way to its switch', async (why, words) => {
  const feature = { ...MERGING, on: false, why }
  const off = { allowed: false, reason: 'feature_off', feature } as const
  expect(await drawn(off)).toContain(words)
  expect(await drawn(off)).toContain('Ask an administrator')
  expect(await drawn({ ...off, fix: '/admin/plugins?plugin=crm' })).toContain('To the plugin')
})

test('sends nobody to people who cannot help: what the operator has stopped, nobody here lets out', async () => {
  const feature = { ...MERGING, on: false, why: 'stopped' } as const
  const text = await drawn({ allowed: false, reason: 'feature_off', feature })
  expect(text).toContain('“Merge customers” is stopped for everybody by those who run the platform.')
  expect(text).not.toContain('Ask')
})

test('names the tier a feature takes, not that of its plugin', async () => {
  const feature = { ...MERGING, on: false, why: 'tier', tier: 'enterprise' } as const
  const text = await drawn({ allowed: false, reason: 'tier_required', feature })
  expect(text).toContain(
    '“Merge customers” is not part of your plan. It is available from the Enterprise plan on.',
  )
})

test('names the feature beside what decides, on and off', async () => {
  const by = (why: 'override' | 'rollout' | 'default', on = true) =>
    drawn({ feature: { ...MERGING, on, why } })
  expect(await by('default')).toContain('Part of the feature “Merge customers”, which your plan includes.')
  expect(await by('rollout')).toContain('which is being introduced step by step and on here')
  expect(await by('override')).toContain('which is switched on in this workspace')
  const feature = { ...MERGING, on: false, why: 'override' } as const
  const text = await drawn({ allowed: false, reason: 'not_granted', feature })
  expect(text).toContain('None of the roles of Mara includes it.')
  expect(text).toContain('It is also part of the feature “Merge customers”, which is off here.')
})

test('lists fields by what holds for them', async () => {
  const text = await drawn({
    rules: [
      { name: 'iban', label: { en: 'IBAN' }, rule: 'masked' },
      { name: 'phone', label: { en: 'Phone' }, rule: 'partly' },
      { name: 'tax', label: { en: 'Tax number' }, rule: 'masked' },
      { name: 'number', label: { en: 'Number' }, rule: 'readOnly' },
    ],
  })
  expect(text).toContain('Stay hidden: IBAN, Tax number')
  expect(text).toContain('Hidden values that can be seen in some records: Phone')
  expect(text).toContain('Nobody changes: Number')
})
