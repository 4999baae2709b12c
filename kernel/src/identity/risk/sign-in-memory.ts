import { createHmac } from 'node:crypto'
import type { Vault } from '../../crypto/index.ts'
import type { Database } from '../../data/index.ts'
import { addressKey } from '../members.ts'
import type { Owner } from '../second-factor/second-factors.ts'

/** Days after which what a member's sign-ins had in common is forgotten, where it has not come again. */
const KEPT_DAYS = 90
/** Sign-ins after which something can be said about usual times. */
const ENOUGH = 5
/** Hours around those in which a member has signed in before that count as usual. */
const AROUND = 2

/** What a sign-in has that others may have as well. */
export interface SignInTraits {
  /** Token of the device, from its cookie. */
  readonly device: string | undefined
  readonly network: string | undefined
  /** Two letters. */
  readonly country: string | undefined
  /** Hour of the day, in the time zone of the tenant. */
  readonly hour: number
}

type TraitKind = keyof SignInTraits

export interface KnownTraits {
  readonly isFirst: boolean
  readonly isForgotten: boolean
  readonly knowsDevice: boolean
  readonly knowsNetwork: boolean | undefined
  readonly knowsCountry: boolean | undefined
  readonly isUsualTime: boolean | undefined
}

/**
 * What sign-ins of a member have in common, so that one that differs can be told. Devices and networks are kept as digests under a key that
 * is not in the database: they are compared, and nobody can read them off.
 */
export class SignInMemory {
  readonly #database: Database
  readonly #vault: Vault

  constructor({ database, vault }: { database: Database; vault: Vault }) {
    this.#database = database
    this.#vault = vault
  }

  /** Which traits of a sign-in the member's former ones had. */
  async compare(owner: Owner, traits: SignInTraits): Promise<KnownTraits> {
    const [row] = await this.#database.query<{
      traits: { kind: TraitKind; value: string; uses: number }[]
      last: Date | null
    }>(
      { tenantId: owner.tenantId },
      {
        name: 'plinth_sign_in_traits',
        text: `SELECT
            (SELECT coalesce(json_agg(json_build_object('kind', kind, 'value', value, 'uses', uses)), '[]') FROM plinth.sign_in_trait
              WHERE tenant_id = $1 AND member_id = $2 AND seen_at > now() - make_interval(days => $3)) AS traits,
            (SELECT last_sign_in_at FROM plinth.member WHERE tenant_id = $1 AND id = $2) AS last`,
        values: [owner.tenantId, owner.memberId, KEPT_DAYS],
      },
    )
    const known = row!.traits
    const of = (kind: TraitKind) => known.filter((each) => each.kind === kind)
    const knows = (kind: TraitKind): boolean | undefined => {
      const value = traits[kind]
      if (value === undefined || (kind === 'country' && of(kind).length === 0)) return undefined
      return of(kind).some((each) => each.value === this.#stored(owner, kind, String(value)))
    }
    const hours = of('hour')
    const isEnough = hours.reduce((sum, { uses }) => sum + uses, 0) >= ENOUGH
    return {
      isFirst: row!.last === null,
      isForgotten: known.length === 0,
      knowsDevice: knows('device') === true,
      knowsNetwork: knows('network'),
      knowsCountry: knows('country'),
      isUsualTime: isEnough ? hours.some(({ value }) => isAround(Number(value), traits.hour)) : undefined,
    }
  }

  /**
   * What a browser is known by on which the member with an address has signed in; undefined where it is not, or there is no such member.
   *
   * @param tokenFor what the browser keeps for a member
   */
  async deviceOf(
    tenantId: string,
    email: string,
    tokenFor: (memberId: string) => string | undefined,
  ): Promise<string | undefined> {
    const [row] = await this.#database.query<{ id: string; devices: string[] }>(
      { tenantId },
      {
        name: 'plinth_sign_in_devices',
        text: `SELECT m.id, ARRAY(SELECT t.value FROM plinth.sign_in_trait t WHERE t.tenant_id = m.tenant_id AND t.member_id = m.id
            AND t.kind = 'device' AND t.seen_at > now() - make_interval(days => $3)) AS devices
          FROM plinth.member m WHERE m.tenant_id = $1 AND m.email = $2`,
        values: [tenantId, addressKey(email), KEPT_DAYS],
      },
    )
    const token = row && tokenFor(row.id)
    if (token === undefined) return undefined
    const stored = this.#stored({ tenantId, memberId: row!.id }, 'device', token)
    return row!.devices.includes(stored) ? stored : undefined
  }

  /** Remembers what a sign-in had that went well, and forgets what has not come again for long. */
  async learn(owner: Owner, traits: SignInTraits): Promise<void> {
    const kinds = (Object.keys(traits) as TraitKind[]).filter((kind) => traits[kind] !== undefined)
    await this.#database.query(
      { tenantId: owner.tenantId },
      {
        name: 'plinth_sign_in_learn',
        text: `WITH old AS (DELETE FROM plinth.sign_in_trait WHERE tenant_id = $1 AND member_id = $2
            AND seen_at < now() - make_interval(days => $5) AND (kind, value) NOT IN (SELECT * FROM unnest($3::text[], $4::text[])))
          INSERT INTO plinth.sign_in_trait AS t (tenant_id, member_id, kind, value)
          SELECT $1, $2, * FROM unnest($3::text[], $4::text[])
          ON CONFLICT (tenant_id, member_id, kind, value) DO UPDATE SET seen_at = now(), uses = t.uses + 1`,
        values: [
          owner.tenantId,
          owner.memberId,
          kinds,
          kinds.map((kind) => this.#stored(owner, kind, String(traits[kind]))),
          KEPT_DAYS,
        ],
      },
    )
  }

  #stored({ tenantId, memberId }: Owner, kind: TraitKind, value: string): string {
    if (kind === 'country' || kind === 'hour') return value
    return createHmac('sha256', this.#vault.key('sign-in trait'))
      .update([tenantId, memberId, kind, value].join('\n'))
      .digest('base64url')
  }
}

function isAround(hour: number, other: number): boolean {
  const apart = Math.abs(hour - other)
  return Math.min(apart, 24 - apart) <= AROUND
}
