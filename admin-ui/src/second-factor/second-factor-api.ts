import type { FactorAddedDocument, SecondFactorsDocument, SessionDocument, TotpDocument } from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'

const BASE = '/api/v1/session/second-factor'

export function fetchFactors(options: CallOptions): Promise<SecondFactorsDocument> {
  return api.get(BASE, options)
}

/** @throws ApiProblem `code_wrong`, `too_many_attempts` */
export function verifyCode(method: 'totp' | 'backup', code: string): Promise<SessionDocument> {
  return api.post(`${BASE}/verify`, { method, code })
}

/** @throws ApiProblem `credentials_wrong`, `too_many_attempts` */
export function verifyPassword(password: string): Promise<SessionDocument> {
  return api.post(`${BASE}/verify`, { method: 'password', password })
}

export function beginTotp(name: string): Promise<TotpDocument> {
  return api.post(`${BASE}/totp`, { name })
}

/** @throws ApiProblem `code_wrong`, `too_many_attempts` */
export function confirmTotp(id: string, code: string): Promise<FactorAddedDocument> {
  return api.post(`${BASE}/totp/${id}/confirm`, { code })
}

export function renewCodes(): Promise<{ readonly codes: readonly string[] }> {
  return api.post(`${BASE}/codes`)
}

export function removeFactor(id: string): Promise<void> {
  return api.delete(`${BASE}/factors/${id}`)
}
