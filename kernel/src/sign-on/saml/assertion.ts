import { readFacts, type Facts } from '../facts.ts'
import type { SamlSettings } from '../provider.ts'
import { childrenOf, isNamed, onlyChild, XmlRefused, type XmlElement } from './xml-tree.ts'

/** How far the clocks of providers may be off, in milliseconds. */
export const TOLERANCE_MS = 60_000

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
const ADDRESS = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
const MICROSOFT = 'http://schemas.microsoft.com'

/** Names providers have for the same thing, the most telling first. */
const NAMES = {
  email: [
    'email',
    'mail',
    'Email',
    'emailAddress',
    'urn:oid:0.9.2342.19200300.100.1.3',
    `${CLAIMS}/emailaddress`,
  ],
  name: [
    'displayName',
    'urn:oid:2.16.840.1.113730.3.1.241',
    `${MICROSOFT}/identity/claims/displayname`,
    'name',
  ],
  given_name: ['givenName', 'firstName', 'given_name', 'urn:oid:2.5.4.42', `${CLAIMS}/givenname`],
  family_name: ['sn', 'surname', 'lastName', 'family_name', 'urn:oid:2.5.4.4', `${CLAIMS}/surname`],
} as const

/** Ways of signing in that took more than one factor. */
const STRONG = new Set([
  'https://refeds.org/profile/mfa',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorUnregistered',
  `${MICROSOFT}/claims/multipleauthn`,
])

/** What an assertion has to say besides being signed. */
export interface Expected {
  readonly issuer: string
  readonly acs: string
  /** Id of the request it answers. */
  readonly request: string
  /** Whether somebody must have signed in for it just now, and not have been known there. */
  readonly anew: boolean
}

/**
 * Reads what a signed assertion says. To be given the very text the signature is about, and no other.
 *
 * @param assertion whose signature, audience and conditions are verified
 * @throws XmlRefused when it is not for this place, this request or this moment, or names nobody
 */
export function readAssertion(
  assertion: XmlElement,
  settings: Pick<SamlSettings, 'rolesClaim' | 'emailAttribute'>,
  { issuer, acs, request, anew }: Expected,
): { readonly id: string; readonly facts: Facts } {
  if (!isNamed(assertion, 'assertion', 'Assertion')) throw new XmlRefused('What is signed is no assertion.')
  const id = assertion.attributes.get('ID') ?? ''
  if (id === '' || assertion.attributes.get('Version') !== '2.0')
    throw new XmlRefused('Its assertion is not of SAML 2.0.')
  if (onlyChild(assertion, 'assertion', 'Issuer').text.trim() !== issuer)
    throw new XmlRefused('Its assertion comes from another provider.')
  const subject = onlyChild(assertion, 'assertion', 'Subject')
  const confirmations = childrenOf(subject, 'assertion', 'SubjectConfirmation')
  if (!confirmations.some((each) => confirms(each, acs, request)))
    throw new XmlRefused('Its assertion is not for this place, this request and this moment.')
  onlyChild(assertion, 'assertion', 'Conditions')
  const statements = childrenOf(assertion, 'assertion', 'AuthnStatement')
  if (statements.length === 0) throw new XmlRefused('Its assertion does not say that someone has signed in.')
  if (anew && !statements.some(isFresh))
    throw new XmlRefused('Its assertion does not say that someone has signed in just now.')
  const name = onlyChild(subject, 'assertion', 'NameID')
  const format = name.attributes.get('Format') ?? ''
  if (format === TRANSIENT) throw new XmlRefused('It names people by another name each time.')
  const attributes = attributesOf(assertion)
  const first = (names: readonly string[]) =>
    names.flatMap((each) => attributes.get(each) ?? []).find((value) => value.trim() !== '')
  const groups = settings.rolesClaim === null ? [] : (attributes.get(settings.rolesClaim) ?? [])
  const facts = readFacts(
    {
      sub: name.text,
      email:
        first(settings.emailAttribute === null ? NAMES.email : [settings.emailAttribute]) ??
        (format === ADDRESS ? name.text : undefined),
      // Whoever enters a domain for a provider takes its word for the addresses of that domain.
      email_verified: true,
      name: first(NAMES.name),
      given_name: first(NAMES.given_name),
      family_name: first(NAMES.family_name),
      groups,
      amr: isStrong(statements, attributes) ? ['mfa'] : [],
    },
    'groups',
  )
  if (facts.subject === '' || facts.subject !== name.text.trim())
    throw new XmlRefused('Its assertion names nobody.')
  return { id, facts }
}

function confirms(confirmation: XmlElement, acs: string, request: string): boolean {
  if (confirmation.attributes.get('Method') !== BEARER) return false
  const [data, ...more] = childrenOf(confirmation, 'assertion', 'SubjectConfirmationData')
  if (!data || more.length > 0) return false
  const end = Date.parse(data.attributes.get('NotOnOrAfter') ?? '')
  return (
    data.attributes.get('Recipient') === acs &&
    data.attributes.get('InResponseTo') === request &&
    !data.attributes.has('NotBefore') &&
    end + TOLERANCE_MS > Date.now()
  )
}

function isFresh({ attributes }: XmlElement): boolean {
  return Math.abs(Date.now() - Date.parse(attributes.get('AuthnInstant') ?? '')) <= TOLERANCE_MS
}

/** By name, and by the friendly one where no attribute has it for a name. */
function attributesOf(assertion: XmlElement): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, string[]>()
  const friendly = new Map<string, string[]>()
  const add = (map: Map<string, string[]>, name: string | undefined, values: readonly string[]) => {
    if (name !== undefined) map.set(name, [...(map.get(name) ?? []), ...values])
  }
  for (const statement of childrenOf(assertion, 'assertion', 'AttributeStatement'))
    for (const attribute of childrenOf(statement, 'assertion', 'Attribute')) {
      const values = childrenOf(attribute, 'assertion', 'AttributeValue').map(({ text }) => text.trim())
      add(named, attribute.attributes.get('Name'), values)
      add(friendly, attribute.attributes.get('FriendlyName'), values)
    }
  return new Map([...friendly, ...named])
}

function isStrong(
  statements: readonly XmlElement[],
  attributes: ReadonlyMap<string, readonly string[]>,
): boolean {
  const contexts = statements.flatMap((statement) => childrenOf(statement, 'assertion', 'AuthnContext'))
  const classes = contexts.flatMap((each) => childrenOf(each, 'assertion', 'AuthnContextClassRef'))
  const said = attributes.get(`${MICROSOFT}/claims/authnmethodsreferences`) ?? []
  return [...classes.map(({ text }) => text.trim()), ...said].some((each) => STRONG.has(each))
}
