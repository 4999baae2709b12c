import type {
  ProvisioningDocument,
  SignOnProviderDocument,
  SignOnRole,
  SignOnTestDocument,
} from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'

const ROOT = '/api/v1/sign-on'

export async function fetchProviders(options: CallOptions = {}): Promise<readonly SignOnProviderDocument[]> {
  return (await api.get<{ items: readonly SignOnProviderDocument[] }>(`${ROOT}/providers`, options)).items
}

/** Roles that groups can be mapped to. */
export async function fetchRoles(options: CallOptions = {}): Promise<readonly SignOnRole[]> {
  return (await api.get<{ items: readonly SignOnRole[] }>(`${ROOT}/roles`, options)).items
}

export function addProvider(input: object): Promise<SignOnProviderDocument> {
  return api.post<SignOnProviderDocument>(`${ROOT}/providers`, input)
}

/** @throws ApiProblem `version_conflict` when someone else has changed it meanwhile */
export function changeProvider(
  { id, version }: SignOnProviderDocument,
  changes: object,
): Promise<SignOnProviderDocument> {
  return api.patch<SignOnProviderDocument>(`${ROOT}/providers/${id}`, changes, { version })
}

export function removeProvider({ id }: SignOnProviderDocument): Promise<void> {
  return api.delete(`${ROOT}/providers/${id}`)
}

/** @throws ApiProblem `provider_unreachable` */
export function testProvider({ id }: SignOnProviderDocument): Promise<SignOnTestDocument> {
  return api.post<SignOnTestDocument>(`${ROOT}/providers/${id}/test`, {})
}

export function fetchProvisioning({ id }: SignOnProviderDocument): Promise<ProvisioningDocument> {
  return api.get<ProvisioningDocument>(`${ROOT}/providers/${id}/provisioning`)
}

/** The token is answered this once. @param expiresAt ISO 8601; null: it does not end by itself */
export function addScimToken(
  { id }: SignOnProviderDocument,
  expiresAt: string | null,
): Promise<{ readonly token: string }> {
  return api.post(`${ROOT}/providers/${id}/provisioning/tokens`, { expiresAt })
}

export function removeScimToken({ id }: SignOnProviderDocument, token: string): Promise<void> {
  return api.delete(`${ROOT}/providers/${id}/provisioning/tokens/${token}`)
}
