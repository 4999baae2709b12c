import type { FactorAddedDocument, SessionDocument } from '@plinth/sdk'
import { api } from '@plinth/ui'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

const BASE = '/api/v1/session'

/** Whether this browser can use passkeys at all. */
export function passkeysWork(): boolean {
  return typeof PublicKeyCredential === 'function' && isSecureContext
}

/** What people call the device they are at, for the name of a passkey. */
export function systemName(): string {
  const agent = navigator.userAgent
  const known = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac', 'Linux']
  return known.find((name) => agent.includes(name)) ?? location.hostname
}

/** Makes a passkey and adds it to the member's second factors. @throws ApiProblem, DOMException of the browser */
export async function addPasskey(name: string): Promise<FactorAddedDocument> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const optionsJSON = await api.post<PublicKeyCredentialCreationOptionsJSON>(`${BASE}/second-factor/passkey`)
  const response = await startRegistration({ optionsJSON })
  return api.post(`${BASE}/second-factor/passkey/confirm`, { name, response })
}

/** Gives a passkey as second factor. @throws ApiProblem, DOMException of the browser */
export async function verifyPasskey(): Promise<SessionDocument> {
  const response = await answer(`${BASE}/second-factor/verify/passkey`)
  return api.post(`${BASE}/second-factor/verify`, { method: 'passkey', response })
}

/** Signs in with a passkey alone. @throws ApiProblem, DOMException of the browser */
export async function signInByPasskey(): Promise<SessionDocument> {
  return api.post(`${BASE}/passkey`, { response: await answer(`${BASE}/passkey/options`) })
}

async function answer(path: string): Promise<unknown> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const optionsJSON = await api.post<PublicKeyCredentialRequestOptionsJSON>(path)
  return startAuthentication({ optionsJSON })
}
