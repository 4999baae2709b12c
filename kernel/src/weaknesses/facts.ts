import type { Statement } from '../data/index.ts'

export interface Named {
  readonly id: string
  readonly label: string
}

export interface MemberFact extends Named {
  readonly roles: readonly string[]
  readonly hasSecondFactor: boolean
  /** Was never here, though there was a month for it. */
  readonly neverCame: boolean
}

/** What a workspace is like, as far as weaknesses follow from it. */
export interface Facts {
  readonly members: readonly MemberFact[]
  readonly keysWithoutEnd: readonly Named[]
  readonly unusedKeys: readonly Named[]
  readonly unusedClients: readonly Named[]
  /** Roles that are passed on for longer than anybody is away. */
  readonly longDelegations: readonly Named[]
  /** With which providers keep members in step. */
  readonly oldScimTokens: readonly Named[]
  readonly unusedScimTokens: readonly Named[]
  /** Take everyone in the provider knows, whatever their address. */
  readonly openProviders: readonly Named[]
}

/** Days without a use after which something is no longer needed, and after which whoever never came will not. */
const UNUSED_DAYS = 90
const WAITED_DAYS = 30
/** Days after which standing in is a role of one's own, and a token should be another one. */
const STAND_IN_DAYS = 90
const TOKEN_DAYS = 365

const named = (text: string): string =>
  `(SELECT coalesce(json_agg(json_build_object('id', x.id, 'label', x.name) ORDER BY x.name, x.id), '[]') FROM (${text}) x)`

const unused = (table: string): string =>
  named(`SELECT k.id, k.name FROM plinth.${table} k WHERE k.tenant_id = $1
    AND coalesce(k.last_used_at, k.created_at) < now() - make_interval(days => ${UNUSED_DAYS})`)

const scimTokens = (condition: string): string =>
  named(`SELECT s.id, concat(p.name, ' (', s.hint, '…)') AS name FROM plinth.scim_token s
    JOIN plinth.sign_on_provider p ON p.tenant_id = s.tenant_id AND p.id = s.provider_id
    WHERE s.tenant_id = $1 AND (s.expires_at IS NULL OR s.expires_at > now()) AND ${condition}`)

/** All of it in one look. */
export function readFacts(tenantId: string): Statement {
  return {
    name: 'plinth_weaknesses',
    text: `SELECT json_build_object(
      'members', (SELECT coalesce(json_agg(json_build_object('id', m.id, 'label', m.name, 'roles', m.roles,
          'hasSecondFactor', EXISTS (SELECT FROM plinth.second_factor f WHERE f.tenant_id = m.tenant_id AND f.member_id = m.id AND f.confirmed_at IS NOT NULL),
          'neverCame', m.last_sign_in_at IS NULL AND m.created_at < now() - make_interval(days => ${WAITED_DAYS})) ORDER BY m.name, m.id), '[]')
        FROM plinth.member m WHERE m.tenant_id = $1 AND m.status = 'active'),
      'keysWithoutEnd', ${named('SELECT k.id, k.name FROM plinth.api_key k WHERE k.tenant_id = $1 AND k.expires_at IS NULL')},
      'unusedKeys', ${unused('api_key')},
      'unusedClients', ${unused('oauth_client')},
      'longDelegations', ${named(`SELECT d.id, concat(g.name, ' → ', r.name) AS name FROM plinth.delegation d
        JOIN plinth.member g ON g.tenant_id = d.tenant_id AND g.id = d.giver_id
        JOIN plinth.member r ON r.tenant_id = d.tenant_id AND r.id = d.receiver_id
        WHERE d.tenant_id = $1 AND d.ended_at IS NULL AND d.ends_at > now() AND d.ends_at > d.starts_at + make_interval(days => ${STAND_IN_DAYS})`)},
      'oldScimTokens', ${scimTokens(`s.created_at < now() - make_interval(days => ${TOKEN_DAYS})`)},
      'unusedScimTokens', ${scimTokens(`coalesce(s.last_used_at, s.created_at) < now() - make_interval(days => ${UNUSED_DAYS})`)},
      'openProviders', ${named(`SELECT p.id, p.name FROM plinth.sign_on_provider p WHERE p.tenant_id = $1 AND p.enabled
        AND (p.settings->>'onboarding')::boolean AND jsonb_array_length(coalesce(p.settings->'domains', '[]')) = 0`)}
    ) AS facts`,
    values: [tenantId],
  }
}
