/** Hosts where anyone has an account, or a company of their own, with the profiles that tell them apart. */
const SHARED_HOSTS: ReadonlyMap<string, readonly Profile[]> = new Map([
  ['accounts.google.com', ['google', 'google-workspace']],
  ['appleid.apple.com', ['apple']],
  ['login.microsoftonline.com', ['azure']],
  ['login.windows.net', ['azure']],
  ['sts.windows.net', ['azure']],
])

/** Which profiles an issuer is taken with; undefined: any. With another, whoever has an account there would count as one of ours. */
export function profilesFor(issuer: string): readonly Profile[] | undefined {
  return URL.canParse(issuer) ? SHARED_HOSTS.get(new URL(issuer).hostname.replace(/\.$/, '')) : undefined
}

/** Kinds of providers that differ in more than their address. */
export const PROFILES = ['generic', 'okta', 'azure', 'google-workspace', 'auth0', 'apple', 'google'] as const

export type Profile = (typeof PROFILES)[number]

export interface ProfileTraits {
  readonly scopes: readonly string[]
  /** The only issuer it can have; otherwise each company has its own. */
  readonly issuer?: string
  /** Claim with the groups or roles of people, where nothing else is said. */
  readonly rolesClaim?: string
  /** Claim that names the company. A provider of many companies vouches for this one only when it is compared. */
  readonly companyClaim?: string
  /** Anyone can have an account there. */
  readonly isPublic?: true
  /** Neither asks anew on demand nor says when it last did. */
  readonly asksOnce?: true
  /** Answers by a form that the browser posts. */
  readonly posts?: true
  /** The client secret is a private key, of which short-lived ones are made. */
  readonly signsSecret?: true
}

const COMMON = ['openid', 'profile', 'email'] as const

export const profileTraits: Readonly<Record<Profile, ProfileTraits>> = {
  generic: { scopes: COMMON },
  okta: { scopes: [...COMMON, 'groups'], rolesClaim: 'groups' },
  azure: { scopes: COMMON, rolesClaim: 'roles', companyClaim: 'tid' },
  'google-workspace': {
    scopes: COMMON,
    issuer: 'https://accounts.google.com',
    companyClaim: 'hd',
    asksOnce: true,
  },
  auth0: { scopes: COMMON },
  apple: {
    scopes: ['openid', 'name', 'email'],
    issuer: 'https://appleid.apple.com',
    isPublic: true,
    asksOnce: true,
    posts: true,
    signsSecret: true,
  },
  google: { scopes: COMMON, issuer: 'https://accounts.google.com', isPublic: true, asksOnce: true },
}
