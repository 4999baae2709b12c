import { generateKeyPair, randomBytes, sign, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

const BITS = 3_072
const YEARS = 10

/** A key to sign requests with, and what providers are given of it. */
export interface SigningKey {
  /** PEM. */
  readonly privateKey: string
  /** Base64 of DER. */
  readonly certificate: string
}

/** Makes a key with a certificate it has signed itself: SAML wants keys in that form and believes nothing else of them. */
export async function makeSigningKey(name: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: BITS })
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: selfSigned(name, privateKey, publicKey).toString('base64'),
  }
}

/** X.509 v3 with as little in it as may be. */
function selfSigned(name: string, privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const now = new Date()
  const end = new Date(now)
  end.setUTCFullYear(end.getUTCFullYear() + YEARS)
  const algorithm = sequence(SHA256_WITH_RSA, Buffer.from([0x05, 0x00]))
  const called = sequence(tagged(0x31, sequence(COMMON_NAME, tagged(0x0c, Buffer.from(name)))))
  const content = sequence(
    tagged(0xa0, Buffer.from([0x02, 0x01, 0x02])),
    tagged(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    called,
    sequence(time(now), time(end)),
    called,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = sign('sha256', content, privateKey)
  return sequence(content, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])))
}

/** 1.2.840.113549.1.1.11 */
const SHA256_WITH_RSA = Buffer.from('06092a864886f70d01010b', 'hex')
/** 2.5.4.3 */
const COMMON_NAME = Buffer.from('0603550403', 'hex')

function tagged(tag: number, content: Buffer): Buffer {
  const size = content.byteLength
  const length =
    size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, Math.trunc(size / 0x100), size % 0x100]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

/** UTCTime, which is to be used until 2049. */
function time(at: Date): Buffer {
  const text = at.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)
  return tagged(0x17, Buffer.from(`${text}Z`))
}
