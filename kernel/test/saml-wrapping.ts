import type { SamlProvider, SeenRequest, Said, Signed } from './support/saml-provider.ts'

interface Parts {
  readonly provider: SamlProvider
  readonly request: SeenRequest
  /** What the provider has signed of someone. */
  readonly original: Signed
  /** What the attacker would have it say: of the same form, not signed, with an identifier of its own. */
  readonly forged: string
}

type Wrap = (parts: Parts) => string

const afterIssuer = (element: string, inserted: string) =>
  element.replace('</saml:Issuer>', `</saml:Issuer>${inserted}`)
const atEnd = (element: string, inserted: string) =>
  element.replace(/<\/[\w:]+>$/, (end) => `${inserted}${end}`)
const within = (signature: string, inserted: string) =>
  signature.replace('</ds:Signature>', `<ds:Object>${inserted}</ds:Object></ds:Signature>`)

/** An answer that is signed as a whole, beside its assertion, and a forged one without signatures. */
function wholeAnswers({ provider, request, original, forged }: Parts) {
  return {
    signed: provider.answerAround(request, original.whole, { signed: true }),
    fake: provider.answer(request, forged),
  }
}

/** The known ways of having a signature verified over one thing and another thing believed (XSW 1 to 8), and some of their kin. */
export const WRAPPINGS: Readonly<Record<string, Wrap>> = {
  'XSW1: a forged answer with the signed one inside its signature': (parts) => {
    const { signed, fake } = wholeAnswers(parts)
    return fake.replace('</saml:Issuer>', `</saml:Issuer>${within(signed.signature, signed.content)}`)
  },
  'XSW2: a forged answer with the signed one beside its signature': (parts) => {
    const { signed, fake } = wholeAnswers(parts)
    return fake.replace('</saml:Issuer>', `</saml:Issuer>${signed.content}${signed.signature}`)
  },
  'XSW3: a forged assertion before the signed one': ({ provider, request, original, forged }) =>
    provider.answer(request, forged + original.whole),
  'XSW4: the signed assertion within the forged one': ({ provider, request, original, forged }) =>
    provider.answer(request, atEnd(forged, original.whole)),
  'XSW5: the signature in the forged assertion, the signed one behind it': ({
    provider,
    request,
    original,
    forged,
  }) => provider.answer(request, afterIssuer(forged, original.signature) + original.content),
  'XSW6: the signature in the forged assertion, and the signed one within that signature': ({
    provider,
    request,
    original,
    forged,
  }) =>
    provider.answer(
      request,
      afterIssuer(
        forged,
        original.signature.replace('</ds:Signature>', `${original.content}</ds:Signature>`),
      ),
    ),
  'XSW7: the forged assertion in an extension': ({ provider, request, original, forged }) =>
    provider.answer(request, `<samlp:Extensions>${forged}</samlp:Extensions>${original.whole}`),
  'XSW8: the signed assertion as an object of the signature': ({ provider, request, original, forged }) =>
    provider.answer(request, afterIssuer(forged, within(original.signature, original.content))),
  'the same identifier for both': ({ provider, request, original, forged }) =>
    provider.answer(
      request,
      afterIssuer(forged.replace(/ ID="[^"]+"/, ` ID="${original.id}"`), original.signature) +
        `<samlp:Extensions>${original.content}</samlp:Extensions>`,
    ),
  'an identifier written otherwise': ({ provider, request, original, forged }) =>
    provider.answer(
      request,
      afterIssuer(forged.replace(/ ID="[^"]+"/, ` Id="${original.id}"`), original.signature) +
        `<samlp:Extensions>${original.content}</samlp:Extensions>`,
    ),
  'the signed assertion in the status': ({ provider, request, original, forged }) =>
    provider
      .answer(request, forged)
      .replace(
        '</samlp:Status>',
        `<samlp:StatusDetail>${original.whole}</samlp:StatusDetail></samlp:Status>`,
      ),
  'a forged assertion alone, in an answer whose signature is another’s': (parts) => {
    const { signed, fake } = wholeAnswers(parts)
    return fake.replace('</saml:Issuer>', `</saml:Issuer>${signed.signature}`)
  },
  'an element that only looks like an assertion': ({ provider, request, original, forged }) =>
    provider.answer(
      request,
      forged.replace(
        '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
        '<saml:Assertion xmlns:saml="urn:evil"',
      ) + original.whole,
    ),
}

/** What an attacker would say, unsigned. */
export function forge(provider: SamlProvider, request: SeenRequest, said: Said): string {
  return provider.assertion(request, said).content
}
