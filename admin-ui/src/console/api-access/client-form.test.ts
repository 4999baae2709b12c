import type { ApiClientDocument } from '@plinth/sdk'
import { describe, expect, it } from 'vitest'
import { clientInput, clientMeta, clientValues } from './client-form.ts'

const web: ApiClientDocument = {
  id: '1',
  kind: 'web',
  name: 'Site',
  redirectUris: ['https://app.example/cb', 'https://app.example/other'],
  scopes: ['*'],
  perMinute: 60,
  createdAt: '2026-01-01T00:00:00Z',
  scopeLabels: [],
  createdBy: null,
  lastUsedAt: null,
  status: 'active',
}
const names = (client: ApiClientDocument | undefined, values = clientValues(client)) =>
  clientMeta(client, values).fields.map(({ name }) => name)

describe('the form of a client', () => {
  it('asks for addresses only where members are sent back', () => {
    expect(names(undefined)).toEqual(['name', 'kind', 'perMinute'])
    expect(names(undefined, { kind: 'native' })).toEqual(['name', 'kind', 'redirectUris', 'perMinute'])
  })

  it('leaves the kind of a client as it is', () => {
    expect(names(web)).toEqual(['name', 'redirectUris', 'perMinute'])
  })

  it('takes one address a line, and sends none for a service', () => {
    const values = { ...clientValues(web), redirectUris: ' https://a.example/ \n\nhttps://b.example/\n' }
    expect(clientInput(values, ['*']).redirectUris).toEqual(['https://a.example/', 'https://b.example/'])
    expect(clientInput({ ...values, kind: 'service' }, ['*'])).not.toHaveProperty('redirectUris')
  })
})
