import { readEncryptedAssertion, type EncryptedAssertion } from './encrypted-assertion.ts'
import { childrenOf, everyElement, isNamed, onlyChild, XmlRefused, type XmlElement } from './xml-tree.ts'

const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success'

/** SHA-1 is forgeable, and keys that are shared prove nothing: neither is taken. */
const SIGNATURES = new Set([
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
])
const DIGESTS = new Set([
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
])
const CANONICAL = new Set([
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
])
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

/** Whom an answer has to come from, and where it has to go. */
export interface AnswerPlace {
  readonly issuer: string
  readonly acs: string
  /** Whether there is a key for what is encrypted. */
  readonly takesEncrypted: boolean
}

/** What is signed of an answer, and whether its assertion has to be opened first. */
export interface AnswerForm {
  readonly isSigned: boolean
  /** Of an assertion that is encrypted it is not known yet. */
  readonly isAssertionSigned: boolean
  readonly encrypted: EncryptedAssertion | undefined
}

/**
 * Judges the form of an answer before any signature is looked at: one assertion in the one place it belongs, each signature where it
 * signs what it stands in, and nothing that could be taken for either anywhere else. What signature wrapping lives from is refused here.
 *
 * @throws XmlRefused
 */
export function checkAnswerForm(
  answer: XmlElement,
  { issuer, acs, takesEncrypted }: AnswerPlace,
): AnswerForm {
  if (!isNamed(answer, 'protocol', 'Response')) throw new XmlRefused('It is no answer to a sign-in.')
  checkStatus(answer)
  const destination = answer.attributes.get('Destination')
  if (destination !== undefined && destination !== acs)
    throw new XmlRefused('It is meant for another address.')
  for (const each of childrenOf(answer, 'assertion', 'Issuer'))
    if (each.text.trim() !== issuer) throw new XmlRefused('It comes from another provider.')
  const all = [...everyElement(answer)]
  const isSealed = ({ name }: XmlElement): boolean => name === 'EncryptedAssertion'
  if (!takesEncrypted && all.some(isSealed))
    throw new XmlRefused('Its assertion is encrypted, which was not asked for.')
  const [assertion, ...more] = all.filter((each) => each.name === 'Assertion' || isSealed(each))
  if (
    !assertion ||
    more.length > 0 ||
    !isNamed(assertion, 'assertion', assertion.name) ||
    assertion.parent !== answer
  )
    throw new XmlRefused('It has not exactly one assertion.')
  const encrypted = isSealed(assertion) ? readEncryptedAssertion(assertion) : undefined
  const signed = checkSignatures(all, encrypted ? [answer] : [answer, assertion])
  const form = { isSigned: signed.has(answer), isAssertionSigned: signed.has(assertion), encrypted }
  if (!encrypted && !form.isSigned && !form.isAssertionSigned)
    throw new XmlRefused('It is not signed, and neither is its assertion.')
  return form
}

/**
 * Judges the form of an assertion that was encrypted, as strictly as that of one which was not.
 *
 * @returns whether it is signed
 * @throws XmlRefused
 */
export function checkAssertionForm(assertion: XmlElement): boolean {
  if (!isNamed(assertion, 'assertion', 'Assertion'))
    throw new XmlRefused('What is encrypted is no assertion.')
  const all = [...everyElement(assertion)]
  if (all.some((each) => each !== assertion && /^(?:Encrypted)?Assertion$/.test(each.name)))
    throw new XmlRefused('It has not exactly one assertion.')
  return checkSignatures(all, [assertion]).has(assertion)
}

/** Those that are signed of what may be. */
function checkSignatures(
  all: readonly XmlElement[],
  signable: readonly XmlElement[],
): ReadonlySet<XmlElement> {
  const ids = all.flatMap((each) => each.ids)
  if (new Set(ids).size !== ids.length) throw new XmlRefused('An identifier stands twice in it.')
  const signed = new Set<XmlElement>()
  for (const signature of all.filter(({ name }) => name === 'Signature')) {
    const { parent } = signature
    if (!parent || !signable.includes(parent)) throw new XmlRefused('A signature is out of place.')
    if (signed.has(parent)) throw new XmlRefused('It is signed twice.')
    checkSignatureForm(signature)
    signed.add(parent)
  }
  return signed
}

function checkStatus(answer: XmlElement): void {
  const code = onlyChild(onlyChild(answer, 'protocol', 'Status'), 'protocol', 'StatusCode')
  if (code.attributes.get('Value') === SUCCESS) return
  const why = childrenOf(code, 'protocol', 'StatusCode')[0] ?? code
  const word = /[A-Za-z]{1,40}$/.exec(why.attributes.get('Value') ?? '')?.[0] ?? 'unknown'
  throw new XmlRefused(`The provider says: ${word}.`)
}

function checkSignatureForm(signature: XmlElement): void {
  const refused = () => new XmlRefused('A signature is not of the kind that is taken.')
  if (!isNamed(signature, 'signature', 'Signature')) throw refused()
  const info = onlyChild(signature, 'signature', 'SignedInfo')
  const reference = onlyChild(info, 'signature', 'Reference')
  const algorithmOf = (element: XmlElement, name: string) =>
    onlyChild(element, 'signature', name).attributes.get('Algorithm') ?? ''
  const transforms = childrenOf(onlyChild(reference, 'signature', 'Transforms'), 'signature', 'Transform')
  const names = transforms.map(({ attributes }) => attributes.get('Algorithm') ?? '')
  if (
    !SIGNATURES.has(algorithmOf(info, 'SignatureMethod')) ||
    !DIGESTS.has(algorithmOf(reference, 'DigestMethod')) ||
    !CANONICAL.has(algorithmOf(info, 'CanonicalizationMethod')) ||
    names.length !== 2 ||
    names[0] !== ENVELOPED ||
    !CANONICAL.has(names[1]!)
  )
    throw refused()
  const own = signature.parent!.attributes.get('ID')
  if (own === undefined || reference.attributes.get('URI') !== `#${own}`)
    throw new XmlRefused('A signature signs something else than what it stands in.')
  if (childrenOf(signature, 'signature', 'Object').length > 0)
    throw new XmlRefused('A signature brings objects of its own.')
}
