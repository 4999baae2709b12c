import type { SamlProviderDocument, SignOnProviderDocument } from '@plinth/sdk'
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
const adfs: SamlProviderDocument = {
  id: '2',
  kind: 'saml',
  name: 'ADFS',
  enabled: true,
  profile: 'saml',
  issuer: 'urn:nordwind',
  metadataUrl: 'https://adfs.example/metadata',
  entryPoint: null,
  certificates: [],
  emailAttribute: null,
  beginsThere: false,
  encryption: false,
  encryptionCertificates: [],
  onboarding: true,
  domains: [],
  rolesClaim: 'groups',
  mapping: [],
  defaultRoles: ['member'],
  trustsSecondFactor: false,
  redirectUri: 'https://nordwind.example/api/v1/auth/2/posted',
  endsSessions: true,
  entityId: 'https://nordwind.example/api/v1/auth/2/metadata',
  certificate: { fingerprint: 'A1', endsAt: '2036-01-01T00:00:00.000Z' },
  version: 1,
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

describe('a provider of SAML', () => {
  it('is asked for its metadata, and for nothing of OpenID Connect', () => {
    for (const fields of [names({ profile: 'saml' }), names({}, adfs)]) {
      expect(fields).toEqual(expect.arrayContaining(['metadataUrl', 'metadata', 'emailAttribute']))
      for (const foreign of ['issuer', 'clientId', 'secret']) expect(fields).not.toContain(foreign)
    }
    expect(names({})).not.toContain('metadata')
  })

  it('is out of use until its metadata is there', () => {
    const values = { ...providerValues(undefined), profile: 'saml', name: 'ADFS' }
    const early = toInput(values, [], undefined)
    expect(early).toMatchObject({ kind: 'saml', metadataUrl: null, enabled: false, rolesClaim: 'groups' })
    expect(early).not.toHaveProperty('profile')
    const known = toInput({ ...values, metadata: ' <xml/> ' }, [], undefined)
    expect(known).toMatchObject({ metadata: '<xml/>', enabled: true })
    expect(known).not.toHaveProperty('metadataUrl')
  })

  it('keeps the metadata that is known', () => {
    const same = toInput(providerValues(adfs), [], adfs)
    expect(same).toMatchObject({ metadataUrl: adfs.metadataUrl, enabled: true })
    for (const absent of ['metadata', 'kind', 'secret', 'certificate'])
      expect(same).not.toHaveProperty(absent)
  })
})
