import {
  createHash,
  createPublicKey,
  createSign,
  createVerify,
  randomBytes,
  X509Certificate,
} from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateRawSync } from 'node:zlib'
import { makeSigningKey, type SigningKey } from '../../src/sign-on/saml/signing-key.ts'

const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion'
const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** A request as it came, its signature verified. */
export interface SeenRequest {
  readonly id: string
  readonly acs: string
  readonly issuer: string
  readonly relayState: string
  /** Whether it is to ask even those it knows. */
  readonly forced: boolean
}

/** What stands in an assertion. All has a default; what is undefined is left out. */
export interface Said {
  readonly id?: string
  readonly nameId?: string
  readonly format?: string | undefined
  readonly attributes?: Readonly<Record<string, readonly string[]>>
  readonly issuer?: string
  readonly audience?: string | undefined
  readonly recipient?: string | undefined
  readonly inResponseTo?: string | undefined
  /** Seconds from now. */
  readonly from?: number
  readonly until?: number
  /** When they have signed in there: seconds from now, or what stands in its place. */
  readonly authenticated?: number | string | undefined
  readonly method?: string
  readonly context?: string
}

/** What goes around the assertion. */
export interface Around {
  readonly destination?: string | undefined
  readonly inResponseTo?: string | undefined
  readonly issuer?: string
  readonly status?: string
  readonly signed?: boolean
}

/** How something is signed. */
export interface Signing {
  readonly key?: SigningKey
  readonly hash?: 'sha1' | 'sha256'
  readonly digest?: 'sha1' | 'sha256'
  /** Tells which certificate to believe. */
  readonly keyInfo?: string
}

/** A text, and the signature over it. */
export interface Signed {
  readonly id: string
  readonly content: string
  readonly signature: string
  readonly whole: string
}

/** A provider of SAML on this machine. It writes what it signs in the canonical form, so that nothing else is needed to sign it. */
export class SamlProvider {
  keys: SigningKey[] = []
  readonly #server = createServer((_, response) => {
    this.asked += 1
    response.writeHead(200, { 'content-type': 'application/samlmetadata+xml' }).end(this.metadata())
  })
  /** How often its metadata was fetched. */
  asked = 0

  static async start(): Promise<SamlProvider> {
    const provider = new SamlProvider()
    provider.keys = [await makeSigningKey('provider')]
    await new Promise<void>((done) => provider.#server.listen(0, '127.0.0.1', done))
    return provider
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get issuer(): string {
    return 'urn:nordwind:idp'
  }

  get metadataUrl(): string {
    return `http://${this.host}/metadata`
  }

  metadata(issuer = this.issuer): string {
    const keys = this.keys.map(
      ({ certificate }) =>
        `<KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>
${certificate.replaceAll(/(.{64})/g, '$1\n')}
</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`,
    )
    return `<?xml version="1.0"?><!-- of a provider --><EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${issuer}">
<IDPSSODescriptor protocolSupportEnumeration="${PROTOCOL}">${keys.join('')}
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://elsewhere.example/post"/>
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="http://${this.host}/sso?realm=a"/>
</IDPSSODescriptor></EntityDescriptor>`
  }

  /** Reads where the browser is sent to, and verifies that it is us who sends it. @param ourMetadata what we say of ourselves */
  receive(address: string, ourMetadata: string): SeenRequest {
    const url = new URL(address)
    if (!address.startsWith(`http://${this.host}/sso?realm=a&`)) throw new Error(`Sent to ${address}`)
    const query = url.searchParams
    const certificate = /<ds:X509Certificate>([^<]+)</.exec(ourMetadata)![1]!
    const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
    const content = ['SAMLRequest', 'RelayState', 'SigAlg']
      .map((name) => `${name}=${encodeURIComponent(query.get(name)!)}`)
      .join('&')
    if (query.get('SigAlg') !== 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')
      throw new Error('Signed otherwise')
    if (!createVerify('sha256').update(content).verify(publicKey, query.get('Signature')!, 'base64'))
      throw new Error('The request is not signed by the key of the metadata')
    const xml = inflateRawSync(Buffer.from(query.get('SAMLRequest')!, 'base64')).toString()
    const attribute = (name: string) => new RegExp(` ${name}="([^"]+)"`).exec(xml)?.[1] ?? ''
    return {
      id: attribute('ID'),
      acs: attribute('AssertionConsumerServiceURL'),
      issuer: /Issuer[^>]*>([^<]+)</.exec(xml)![1]!,
      relayState: query.get('RelayState')!,
      forced: attribute('ForceAuthn') === 'true',
    }
  }

  /** An assertion for a request. */
  assertion(request: SeenRequest, said: Said = {}, signing: Signing = {}): Signed {
    const all = {
      id: `_${randomBytes(12).toString('hex')}`,
      nameId: 'someone',
      format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      attributes: {},
      issuer: this.issuer,
      audience: request.issuer,
      recipient: request.acs,
      inResponseTo: request.id,
      from: -5,
      until: 300,
      authenticated: 0,
      method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
      context: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
      ...said,
    }
    const given = (name: string, value: string | undefined) =>
      value === undefined ? '' : ` ${name}="${value}"`
    const from = instant(all.from)
    const until = instant(all.until)
    const { authenticated: asked } = all
    const authenticated = typeof asked === 'number' ? instant(asked) : asked
    const attributes = Object.entries(all.attributes).map(
      ([name, values]) =>
        `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
    )
    const audience =
      all.audience === undefined
        ? ''
        : `<saml:AudienceRestriction><saml:Audience>${all.audience}</saml:Audience></saml:AudienceRestriction>`
    const content = `<saml:Assertion xmlns:saml="${SAML}" ID="${all.id}" IssueInstant="${instant(0)}" Version="2.0"><saml:Issuer>${all.issuer}</saml:Issuer><saml:Subject><saml:NameID${given('Format', all.format)}>${all.nameId}</saml:NameID><saml:SubjectConfirmation Method="${all.method}"><saml:SubjectConfirmationData${given('InResponseTo', all.inResponseTo)} NotOnOrAfter="${until}"${given('Recipient', all.recipient)}></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${from}" NotOnOrAfter="${until}">${audience}</saml:Conditions><saml:AuthnStatement${given('AuthnInstant', authenticated)}><saml:AuthnContext><saml:AuthnContextClassRef>${all.context}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement></saml:Assertion>`
    return this.sign(all.id, content, signing)
  }

  /** The answer around an assertion. */
  answer(request: SeenRequest, assertion: string, around: Around = {}): string {
    return this.answerAround(request, assertion, around).whole
  }

  answerAround(request: SeenRequest, assertion: string, around: Around = {}): Signed {
    const id = `_${randomBytes(12).toString('hex')}`
    const all = {
      destination: request.acs,
      inResponseTo: request.id,
      issuer: this.issuer,
      status: 'urn:oasis:names:tc:SAML:2.0:status:Success',
      ...around,
    }
    const given = (name: string, value: string | undefined) =>
      value === undefined ? '' : ` ${name}="${value}"`
    const content = `<samlp:Response xmlns:samlp="${PROTOCOL}"${given('Destination', all.destination)} ID="${id}"${given('InResponseTo', all.inResponseTo)} IssueInstant="${instant(0)}" Version="2.0"><saml:Issuer xmlns:saml="${SAML}">${all.issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${all.status}"></samlp:StatusCode></samlp:Status>${assertion}</samlp:Response>`
    return around.signed ? this.sign(id, content) : { id, content, signature: '', whole: content }
  }

  /** Signs what is written in the canonical form already. */
  sign(
    id: string,
    content: string,
    { key = this.keys[0]!, hash = 'sha256', digest = 'sha256', keyInfo = '' }: Signing = {},
  ): Signed {
    const signatureMethod =
      hash === 'sha1'
        ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
        : 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
    const digestMethod =
      digest === 'sha1' ? 'http://www.w3.org/2000/09/xmldsig#sha1' : 'http://www.w3.org/2001/04/xmlenc#sha256'
    const value = createHash(digest).update(content).digest('base64')
    const info = `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${signatureMethod}"></ds:SignatureMethod><ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform><ds:Transform Algorithm="${EXCLUSIVE}"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="${digestMethod}"></ds:DigestMethod><ds:DigestValue>${value}</ds:DigestValue></ds:Reference>`
    const signed = createSign(hash)
      .update(`<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${info}</ds:SignedInfo>`)
      .sign(key.privateKey, 'base64')
    const known =
      keyInfo === ''
        ? ''
        : `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${keyInfo}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
    const signature = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>${info}</ds:SignedInfo><ds:SignatureValue>${signed}</ds:SignatureValue>${known}</ds:Signature>`
    const whole = content.replace('</saml:Issuer>', `</saml:Issuer>${signature}`)
    return { id, content, signature, whole }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((done) => this.#server.close(() => done()))
  }
}

function instant(seconds: number): string {
  return new Date(Date.now() + seconds * 1_000).toISOString()
}

/** Whether a certificate is one that holds the key it is signed with. */
export function isSelfSigned(der: string): boolean {
  const certificate = new X509Certificate(Buffer.from(der, 'base64'))
  return certificate.verify(createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' })))
}
