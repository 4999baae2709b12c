import type { ApiClientDocument, ApiClientKind } from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'

const ROOT = '/api/v1/oauth/clients'

/** What of a client can be changed. */
export interface ClientInput {
  readonly name: string
  readonly scopes: readonly string[]
  readonly perMinute: number
  /** Where members are sent back to; a service has none. */
  readonly redirectUris?: readonly string[]
}

/** What is shown this once. */
export interface ClientSecret {
  readonly id: string
  readonly secret: string | null
}

export async function fetchClients(options: CallOptions = {}): Promise<readonly ApiClientDocument[]> {
  return (await api.get<{ items: readonly ApiClientDocument[] }>(ROOT, options)).items
}

export function createClient(kind: ApiClientKind, input: ClientInput): Promise<ClientSecret> {
  return api.post(ROOT, { kind, ...input })
}

export function changeClient(id: string, input: ClientInput): Promise<ApiClientDocument> {
  return api.patch(`${ROOT}/${id}`, input)
}

export function rotateClient(id: string): Promise<ClientSecret> {
  return api.post(`${ROOT}/${id}/rotate`, {})
}

export function removeClient(id: string): Promise<void> {
  return api.delete(`${ROOT}/${id}`)
}
