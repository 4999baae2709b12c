import type { SignOnProviderDocument } from '@plinth/sdk'
import { describe, expect, it } from 'vitest'
import { providerMeta, providerValues, toInput } from './provider-form.ts'

const stored: SignOnProviderDocument = {
  id: '1',
  kind: 'openid',
  name: 'Nordwind',
  enabled: true,
  profile: 'okta',
  issuer: 'https://nordwind.okta.com',
  clientId: 'c',
  hasSecret: true,
  scopes: ['openid'],
  onboarding: true,
  domains: ['nordwind.example'],
  rolesClaim: 'groups',
  mapping: [{ value: 'Sales', role: 'crm.sales' }],
  defaultRoles: ['member', 'second'],
  trustsSecondFactor: false,
  endsSessions: true,
  company: null,
  teamId: null,
  keyId: null,
  redirectUri: 'https://nordwind.example/sign-on/1',
  version: 3,
}
const names = (values: object, before?: SignOnProviderDocument) =>
  providerMeta({ ...providerValues(before), ...values }, before, []).form.groups.flatMap(
    ({ fields }) => fields,
  )

describe('the form of a provider', () => {
  it('asks for the address where there is more than one', () => {
    expect(names({})).toContain('issuer')
    for (const profile of ['google', 'apple']) expect(names({ profile })).not.toContain('issuer')
  })

  it('asks for the company where there are many', () => {
    expect(names({ profile: 'azure' })).toContain('company')
    expect(names({ profile: 'okta' })).not.toContain('company')
  })

  it('does not ask for what cannot change any more', () => {
    for (const fixed of ['profile', 'issuer']) expect(names({}, stored)).not.toContain(fixed)
  })
})

describe('what is sent', () => {
  it('leaves the secret alone unless there is a new one', () => {
    expect(toInput(providerValues(stored), stored.mapping, stored)).not.toHaveProperty('secret')
    expect(toInput({ ...providerValues(stored), secret: ' new ' }, [], stored)).toMatchObject({
      secret: 'new',
    })
  })

  it('keeps roles the form does not show, as long as the one it shows stays', () => {
    expect(toInput(providerValues(stored), [], stored)['defaultRoles']).toEqual(['member', 'second'])
    expect(toInput({ ...providerValues(stored), defaultRole: 'x' }, [], stored)['defaultRoles']).toEqual([
      'x',
    ])
  })

  it('has domains as people may write them, and no groups without a name', () => {
    const values = { ...providerValues(undefined), name: 'N', domains: ['@Nordwind.Example '] }
    const input = toInput(values, [{ value: ' ', role: 'admin' }], undefined)
    expect(input).toMatchObject({ domains: ['nordwind.example'], mapping: [], defaultRoles: ['member'] })
  })
})
