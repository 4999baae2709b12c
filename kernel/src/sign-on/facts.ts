/** What a provider says of someone who has proven to it who they are. */
export interface Facts {
  /** Who it is, at this provider, for ever. */
  readonly subject: string
  /** In small letters. */
  readonly email: string | undefined
  /** Undefined: the provider says nothing about it. */
  readonly emailVerified: boolean | undefined
  readonly name: string | undefined
  readonly givenName: string | undefined
  readonly familyName: string | undefined
  /** Groups or roles they have there. */
  readonly groups: readonly string[]
  /** Whether a second factor was used there. */
  readonly secondFactor: boolean
}

type Claims = Readonly<Record<string, unknown>>

const MOST_GROUPS = 500
const MOST_CHARACTERS = 255

/** Takes from the claims of a provider what is known here, and leaves what does not have the form it should. */
export function readFacts(claims: Claims, rolesClaim: string | null): Facts {
  const email = text(claims['email'])?.toLowerCase()
  return {
    subject: text(claims['sub']) ?? '',
    email: email !== undefined && /^[^\s@]+@[^\s@]+$/.test(email) ? email : undefined,
    emailVerified: truth(claims['email_verified'] ?? claims['xms_edov']),
    name: text(claims['name']),
    givenName: text(claims['given_name']),
    familyName: text(claims['family_name']),
    groups: rolesClaim === null ? [] : groupsOf(claimAt(claims, rolesClaim)),
    secondFactor: Array.isArray(claims['amr']) && claims['amr'].includes('mfa'),
  }
}

/**
 * What an ID token and the answer about the user say together, the token first. Whether an address is verified is said of that address
 * alone: a provider that has verified one has not verified another.
 */
export function joinClaims(token: Claims, userinfo: Claims): Claims {
  const isSame = token['email'] === undefined || token['email'] === userinfo['email']
  const { email_verified: said, xms_edov: owned, ...rest } = userinfo
  const of = token['email'] === undefined ? userinfo : token
  return {
    ...rest,
    ...token,
    email_verified: of['email_verified'] ?? (isSame ? said : undefined),
    xms_edov: of['xms_edov'] ?? (isSame ? owned : undefined),
  }
}

/** The claim of this very name; else names with dots lead into objects. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  let value: unknown = claims
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Claims)[part]
  }
  return value
}

/** A list, a single one, or an object that has them as its names. */
function groupsOf(value: unknown): string[] {
  const list =
    typeof value === 'string'
      ? [value]
      : Array.isArray(value)
        ? value
        : typeof value === 'object' && value !== null
          ? Object.keys(value)
          : []
  return [...new Set(list.filter((each): each is string => text(each) !== undefined))].slice(0, MOST_GROUPS)
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const clean = value.replaceAll(/\p{Cc}/gu, '').trim()
  return clean !== '' && clean.length <= MOST_CHARACTERS && clean.isWellFormed() ? clean : undefined
}

/** Some providers say it as a text. */
function truth(value: unknown): boolean | undefined {
  if (value === true || value === 'true' || value === 1 || value === '1') return true
  return value === undefined || value === null ? undefined : false
}
