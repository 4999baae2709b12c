import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { newId, type Database, type Origin } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import type { MemberProfile } from '../identity.ts'
import type { RelyingParty } from './relying-party.ts'
import type { Enrolling, Owner, SecondFactors } from './second-factors.ts'

/** Seconds someone may take to answer. */
const PATIENCE = 300

/** EdDSA, ES256, RS256: what authenticators have. Without a list the library offers more, and warns about it. */
const ALGORITHMS = [-8, -7, -257]

type Purpose = 'add' | 'verify' | 'signIn'

/** Who is asked, and in which session of theirs: what is asked in one is not answered in another. */
export interface AskedMember extends Owner {
  readonly sessionId: string
}

interface Credential {
  readonly id: string
  readonly member_id: string
  readonly credential_id: string
  readonly public_key: Buffer
  readonly counter: string
}

/** Passkeys: WebAuthn credentials, as second factor or in place of the password. */
export class Passkeys {
  readonly #database: Database
  readonly #secondFactors: SecondFactors

  constructor({ database, secondFactors }: { database: Database; secondFactors: SecondFactors }) {
    this.#database = database
    this.#secondFactors = secondFactors
  }

  /** What a browser needs to make a passkey. */
  async beginAdding(
    asked: AskedMember,
    member: Pick<MemberProfile, 'name' | 'email'>,
    party: RelyingParty,
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { generateRegistrationOptions } = await import('@simplewebauthn/server')
    const options = await generateRegistrationOptions({
      rpName: party.name,
      rpID: party.id,
      userName: member.email,
      userDisplayName: member.name,
      userID: new TextEncoder().encode(asked.memberId),
      attestationType: 'none',
      excludeCredentials: await this.#offered(asked),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      supportedAlgorithmIDs: ALGORITHMS,
      timeout: PATIENCE * 1000,
    })
    await this.#ask(asked.tenantId, options.challenge, 'add', asked)
    return options
  }

  /**
   * Makes a passkey one of the member's factors.
   *
   * @returns backup codes, when there were none
   * @throws Failure `passkey_refused`
   */
  async add(
    owner: Enrolling & AskedMember,
    name: string,
    response: unknown,
    party: RelyingParty,
    origin: Origin,
  ): Promise<readonly string[]> {
    const challenge = await this.#answered(owner.tenantId, 'add', response, owner)
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
    const result = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: [...party.origins],
      expectedRPID: party.id,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    }).catch(refuse)
    if (!result.verified) throw new Failure('passkey_refused')
    const { id, publicKey, counter, transports } = result.registrationInfo.credential
    const factor = newId()
    return this.#secondFactors.add(
      owner,
      {
        text: `INSERT INTO plinth.second_factor (tenant_id, id, member_id, kind, name, credential_id, public_key, counter, transports, confirmed_at)
            VALUES ($1, $2, $3, 'passkey', $4, $5, $6, $7, $8, now()) ON CONFLICT (tenant_id, credential_id) DO NOTHING RETURNING kind, name`,
        values: [
          owner.tenantId,
          factor,
          owner.memberId,
          name,
          id,
          Buffer.from(publicKey),
          counter,
          transports ?? [],
        ],
      },
      factor,
      origin,
    )
  }

  /** What a browser needs to prove a passkey: one of a member's, or any that is kept for this workspace when nobody has signed in yet. */
  async beginProof(
    tenantId: string,
    party: RelyingParty,
    asked?: AskedMember,
  ): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
    const options = await generateAuthenticationOptions({
      rpID: party.id,
      ...(asked ? { allowCredentials: await this.#offered(asked) } : {}),
      userVerification: asked ? 'preferred' : 'required',
      timeout: PATIENCE * 1000,
    })
    await this.#ask(tenantId, options.challenge, asked ? 'verify' : 'signIn', asked)
    return options
  }

  /**
   * Whose passkey it is that answered. In place of the password it must have made sure of the person too, by finger, face or PIN.
   *
   * @param asked whose it has to be, and in which session they were asked; without, anyone's in place of the password
   * @returns id of the member
   * @throws Failure `passkey_refused`
   */
  async prove(
    tenantId: string,
    response: unknown,
    party: RelyingParty,
    asked?: AskedMember,
  ): Promise<string> {
    const challenge = await this.#answered(tenantId, asked ? 'verify' : 'signIn', response, asked)
    const { id } = response as AuthenticationResponseJSON
    const known = await this.#credential(tenantId, id)
    if (!known || (asked && known.member_id !== asked.memberId)) throw new Failure('passkey_refused')
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
    const result = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: [...party.origins],
      expectedRPID: party.id,
      credential: {
        id: known.credential_id,
        publicKey: new Uint8Array(known.public_key),
        counter: Number(known.counter),
      },
      requireUserVerification: asked === undefined,
    }).catch(refuse)
    if (!result.verified) throw new Failure('passkey_refused')
    // A copy of the authenticator would count from where the original was.
    const used = await this.#database.query(
      { tenantId },
      {
        text: 'UPDATE plinth.second_factor SET counter = $4, used_at = now() WHERE tenant_id = $1 AND id = $2 AND counter = $3 RETURNING id',
        values: [tenantId, known.id, known.counter, result.authenticationInfo.newCounter],
      },
    )
    if (used.length === 0) throw new Failure('passkey_refused')
    return known.member_id
  }

  async #credential(tenantId: string, credentialId: unknown): Promise<Credential | undefined> {
    if (typeof credentialId !== 'string' || credentialId.length > 1_500) return undefined
    const [row] = await this.#database.query<Credential>(
      { tenantId },
      {
        text: `SELECT id, member_id, credential_id, public_key, counter FROM plinth.second_factor
            WHERE tenant_id = $1 AND credential_id = $2 AND confirmed_at IS NOT NULL`,
        values: [tenantId, credentialId],
      },
    )
    return row
  }

  async #offered({ tenantId, memberId }: Owner): Promise<{ id: string; transports: string[] }[]> {
    return this.#database.query(
      { tenantId },
      {
        text: `SELECT credential_id AS id, transports FROM plinth.second_factor
            WHERE tenant_id = $1 AND member_id = $2 AND kind = 'passkey' AND confirmed_at IS NOT NULL ORDER BY id`,
        values: [tenantId, memberId],
      },
    )
  }

  /** Remembers a question that was asked. Those that nobody has answered in time go with it. */
  async #ask(tenantId: string, challenge: string, purpose: Purpose, asked?: AskedMember): Promise<void> {
    await this.#database.query(
      { tenantId },
      {
        text: `WITH old AS (DELETE FROM plinth.passkey_challenge WHERE tenant_id = $1 AND ends_at < now())
          INSERT INTO plinth.passkey_challenge (tenant_id, challenge, purpose, member_id, session_id, ends_at)
          VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))`,
        values: [tenantId, challenge, purpose, asked?.memberId ?? null, asked?.sessionId ?? null, PATIENCE],
      },
    )
  }

  /** Takes the question that a response answers: it is answered once, right or wrong. */
  async #answered(
    tenantId: string,
    purpose: Purpose,
    response: unknown,
    asked?: AskedMember,
  ): Promise<string> {
    const challenge = challengeOf(response)
    const rows =
      challenge === undefined
        ? []
        : await this.#database.query<{ challenge: string }>(
            { tenantId },
            {
              text: `DELETE FROM plinth.passkey_challenge WHERE tenant_id = $1 AND challenge = $2 AND purpose = $3
                AND member_id IS NOT DISTINCT FROM $4::uuid AND session_id IS NOT DISTINCT FROM $5::uuid AND ends_at > now() RETURNING challenge`,
              values: [tenantId, challenge, purpose, asked?.memberId ?? null, asked?.sessionId ?? null],
            },
          )
    if (!rows[0]) throw new Failure('passkey_refused')
    return rows[0].challenge
  }
}

/** The library says in detail what it objects to; whoever tries a passkey is not told. */
function refuse(error: unknown): never {
  throw new Failure('passkey_refused', { cause: error })
}

/** What a response says it answers. Nothing is believed of it but where to look. */
function challengeOf(response: unknown): string | undefined {
  const inner = (response as { response?: { clientDataJSON?: unknown } } | null)?.response
  if (typeof inner?.clientDataJSON !== 'string' || inner.clientDataJSON.length > 4_000) return undefined
  try {
    const client = JSON.parse(Buffer.from(inner.clientDataJSON, 'base64url').toString()) as {
      challenge?: unknown
    } | null
    const challenge = client?.challenge
    return typeof challenge === 'string' && /^[\w-]{20,200}$/.test(challenge) ? challenge : undefined
  } catch {
    return undefined
  }
}
