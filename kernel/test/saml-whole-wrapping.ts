import type { SamlProvider, SeenRequest, Signed } from './support/saml-provider.ts'

interface Parts {
  readonly provider: SamlProvider
  readonly request: SeenRequest
  /** An answer that is signed as a whole, and nothing in it by itself. */
  readonly whole: Signed
  /** What the attacker would have it say. */
  readonly forged: string
}

const afterIssuer = (element: string, inserted: string) =>
  element.replace('</saml:Issuer>', `</saml:Issuer>${inserted}`)
const ASSERTION = /<saml:(?:Encrypted)?Assertion .*<\/saml:(?:Encrypted)?Assertion>/s

/** Ways of having the signature of one answer believed of another. */
export const WHOLE_WRAPPINGS: Readonly<Record<string, (parts: Parts) => string>> = {
  'the signed answer inside the signature of the forged one': ({ provider, request, whole, forged }) =>
    afterIssuer(
      provider.answer(request, forged),
      whole.signature.replace('</ds:Signature>', `<ds:Object>${whole.content}</ds:Object></ds:Signature>`),
    ),
  'the signed answer beside its signature': ({ provider, request, whole, forged }) =>
    afterIssuer(provider.answer(request, forged), whole.signature + whole.content),
  'the signed answer in an extension of the forged one': ({ provider, request, whole, forged }) =>
    provider.answer(request, `<samlp:Extensions>${whole.whole}</samlp:Extensions>${forged}`),
  'a forged assertion before the one that was there': ({ whole, forged }) =>
    whole.whole.replace('</samlp:Status>', `</samlp:Status>${forged}`),
  'a forged assertion behind the one that was there': ({ whole, forged }) =>
    whole.whole.replace('</samlp:Response>', `${forged}</samlp:Response>`),
  'a forged assertion in place of the one that was there': ({ whole, forged }) =>
    whole.whole.replace(ASSERTION, () => forged),
  'a forged assertion within what is signed, the one that was there within it': ({ whole, forged }) =>
    whole.whole.replace(ASSERTION, (original) =>
      forged.replace(/<\/[\w:]+>$/, (end) => `<saml:Advice>${original}</saml:Advice>${end}`),
    ),
  'a forged answer of the same identifier': ({ provider, request, whole, forged }) =>
    afterIssuer(
      provider.answer(request, forged).replace(/ ID="[^"]+"/, ` ID="${whole.id}"`),
      whole.signature,
    ),
  'a forged answer with the signed one of the same identifier within': ({
    provider,
    request,
    whole,
    forged,
  }) =>
    afterIssuer(
      provider
        .answer(request, `${forged}<samlp:Extensions>${whole.content}</samlp:Extensions>`)
        .replace(/ ID="[^"]+"/, ` ID="${whole.id}"`),
      whole.signature,
    ),
  'no signature at all': ({ provider, request, forged }) => provider.answer(request, forged),
}
