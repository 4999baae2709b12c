import type { ApiKeyDocument, ScopeGroup } from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'

const ROOT = '/api/v1/api-keys'

/** What a key can be made of, or changed to. */
export interface KeyInput {
  readonly name: string
  readonly permissions: readonly string[]
  readonly perMinute: number
  readonly expiresAt?: string | null
}

export async function fetchKeys(options: CallOptions = {}): Promise<readonly ApiKeyDocument[]> {
  return (await api.get<{ items: readonly ApiKeyDocument[] }>(ROOT, options)).items
}

export async function fetchScopes(options: CallOptions = {}): Promise<readonly ScopeGroup[]> {
  return (await api.get<{ items: readonly ScopeGroup[] }>(`${ROOT}/scopes`, options)).items
}

export function createKey(input: KeyInput): Promise<{ id: string; key: string }> {
  return api.post(ROOT, input)
}

export function changeKey(id: string, input: KeyInput): Promise<ApiKeyDocument> {
  return api.patch(`${ROOT}/${id}`, input)
}

export function rotateKey(id: string): Promise<{ id: string; key: string }> {
  return api.post(`${ROOT}/${id}/rotate`, {})
}

export function revokeKey(id: string): Promise<void> {
  return api.delete(`${ROOT}/${id}`)
}
