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
}

/**
 * Judges the form of an answer before any signature is looked at: one assertion in the one place it belongs, each signature where it
 * signs what it stands in, and nothing that could be taken for either anywhere else. What signature wrapping lives from is refused here.
 *
 * @returns whether the answer as a whole is signed, beside its assertion
 * @throws XmlRefused
 */
export function checkAnswerForm(answer: XmlElement, { issuer, acs }: AnswerPlace): { isSigned: boolean } {
  if (!isNamed(answer, 'protocol', 'Response')) throw new XmlRefused('It is no answer to a sign-in.')
  checkStatus(answer)
  const destination = answer.attributes.get('Destination')
  if (destination !== undefined && destination !== acs)
    throw new XmlRefused('It is meant for another address.')
  for (const each of childrenOf(answer, 'assertion', 'Issuer'))
    if (each.text.trim() !== issuer) throw new XmlRefused('It comes from another provider.')
  const all = [...everyElement(answer)]
  const ids = all.flatMap((each) => each.ids)
  if (new Set(ids).size !== ids.length) throw new XmlRefused('An identifier stands twice in it.')
  if (all.some(({ name }) => name === 'EncryptedAssertion'))
    throw new XmlRefused('Its assertion is encrypted, which was not asked for.')
  const [assertion, ...more] = all.filter(({ name }) => name === 'Assertion')
  if (
    !assertion ||
    more.length > 0 ||
    !isNamed(assertion, 'assertion', 'Assertion') ||
    assertion.parent !== answer
  )
    throw new XmlRefused('It has not exactly one assertion.')
  const signatures = all.filter(({ name }) => name === 'Signature')
  for (const signature of signatures) {
    if (signature.parent !== answer && signature.parent !== assertion)
      throw new XmlRefused('A signature is out of place.')
    checkSignatureForm(signature)
  }
  const of = (element: XmlElement) => signatures.filter(({ parent }) => parent === element).length
  if (of(assertion) !== 1) throw new XmlRefused('Its assertion is not signed.')
  if (of(answer) > 1) throw new XmlRefused('It is signed twice.')
  return { isSigned: of(answer) === 1 }
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
