import type { SamlSettings } from '../provider.ts'
import { makeSigningKey } from './signing-key.ts'

const MOST_DECRYPTION_KEYS = 2

/** Private keys of ours that one provider knows the public halves of. PEM. */
export interface SamlKeys {
  /** Requests are signed with it. */
  readonly signing: string
  /** Assertions are encrypted for the first; the one before is good as long as the provider may not have read our metadata again. */
  readonly decryption: readonly string[]
}

/** Keys as they are kept sealed. @param secret what was stored; before assertions could be encrypted, the one key alone */
export function readSamlKeys(secret: string): SamlKeys {
  return secret.startsWith('{') ? (JSON.parse(secret) as SamlKeys) : { signing: secret, decryption: [] }
}

export function writeSamlKeys({ signing, decryption }: SamlKeys): string {
  return JSON.stringify({ signing, decryption })
}

/** What is to become of the keys; undefined: what is. */
interface KeyWish {
  readonly renewKey: true | undefined
  readonly encryption: boolean | undefined
  readonly renewEncryptionKey: true | undefined
}

/** Keys with their certificates; undefined: as before. @param name of the provider, which the certificates say */
export async function ownKeys(
  name: string,
  { certificate, encryptionCertificates = [] }: SamlSettings,
  before: SamlKeys | undefined,
  wish: KeyWish,
) {
  const has = encryptionCertificates.length > 0
  const { renewKey, renewEncryptionKey, encryption = has } = wish
  const makesKey = encryption && (!has || renewEncryptionKey === true)
  if (before && !renewKey && !makesKey && encryption === has) return undefined
  const signing =
    before && !renewKey ? { privateKey: before.signing, certificate } : await makeSigningKey(name)
  const made = makesKey ? [await makeSigningKey(name)] : []
  // The one before stays good: the provider encrypts for it until it has read our metadata again.
  const newest = <T>(added: readonly T[], kept: readonly T[]): readonly T[] =>
    encryption ? [...added, ...kept].slice(0, MOST_DECRYPTION_KEYS) : []
  return {
    keys: {
      signing: signing.privateKey,
      decryption: newest(
        made.map((each) => each.privateKey),
        before?.decryption ?? [],
      ),
    },
    certificates: {
      certificate: signing.certificate,
      encryptionCertificates: newest(
        made.map((each) => each.certificate),
        encryptionCertificates,
      ),
    },
  }
}
