import { hash, timingSafeEqual } from 'node:crypto'

/** Whether the text has the form of a verifier (RFC 7636, 4.1). */
export function isVerifier(text: string): boolean {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(text)
}

/** Whether the text has the form of a challenge made with S256. */
export function isChallenge(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
}

/** Whether the challenge was made from the verifier. */
export function matchesChallenge(verifier: string, challenge: string): boolean {
  return timingSafeEqual(hash('sha256', verifier, 'buffer'), Buffer.from(challenge, 'base64url'))
}
