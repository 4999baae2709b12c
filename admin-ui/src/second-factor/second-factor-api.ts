import type {
  FactorAddedDocument,
  MailCodeDocument,
  SecondFactorsDocument,
  SessionDocument,
  TotpDocument,
} from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'

const BASE = '/api/v1/session/second-factor'

export function fetchFactors(options: CallOptions): Promise<SecondFactorsDocument> {
  return api.get(BASE, options)
}

/** @throws ApiProblem `code_wrong`, `too_many_attempts` */
export function verifyCode(method: 'totp' | 'backup' | 'email', code: string): Promise<SessionDocument> {
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

/**
 * Has a code sent by mail.
 *
 * @param purpose to set up codes by mail as a second factor, or to give one
 * @throws ApiProblem `method_not_taken`, `too_many_attempts`
 */
export function sendMailCode(purpose: 'add' | 'verify'): Promise<MailCodeDocument> {
  return api.post(purpose === 'add' ? `${BASE}/email` : `${BASE}/verify/email`)
}

/** @throws ApiProblem `code_wrong`, `too_many_attempts` */
export function confirmMailCodes(code: string): Promise<FactorAddedDocument> {
  return api.post(`${BASE}/email/confirm`, { code })
}

export function renewCodes(): Promise<{ readonly codes: readonly string[] }> {
  return api.post(`${BASE}/codes`)
}

export function removeFactor(id: string): Promise<void> {
  return api.delete(`${BASE}/factors/${id}`)
}
