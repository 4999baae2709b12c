/** Length of a step in seconds, as every authenticator app assumes. */
const PERIOD = 30

/** What an app shows: six digits of SHA-1, the only variant all of them know. */
const CODE = /^\d{6}$/

export interface TotpSecret {
  /** Base32, for those who type it. */
  readonly secret: string
  /** What the picture for scanning says. */
  readonly uri: string
}

/** A new secret of 160 bits. */
export async function newTotp(issuer: string, label: string): Promise<TotpSecret> {
  const { generateSecret, generateURI } = await import('otplib')
  const secret = generateSecret({ length: 20 })
  return { secret, uri: generateURI({ issuer, label, secret }) }
}

/**
 * The time step a code belongs to after RFC 6238, at most one before or after the present; undefined when it belongs to none.
 *
 * @param at seconds since 1970
 */
export async function totpStep(
  secret: string,
  code: string,
  at = Date.now() / 1000,
): Promise<number | undefined> {
  if (!CODE.test(code)) return undefined
  const { verify } = await import('otplib')
  const result = await verify({
    secret,
    token: code,
    epoch: Math.floor(at),
    epochTolerance: PERIOD,
    period: PERIOD,
  })
  return result.valid && 'timeStep' in result ? result.timeStep : undefined
}
