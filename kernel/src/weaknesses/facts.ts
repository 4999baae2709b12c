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
  /** Take everyone in the provider knows, whatever their address. */
  readonly openProviders: readonly Named[]
}

/** Days without a use after which something is no longer needed, and after which whoever never came will not. */
const UNUSED_DAYS = 90
const WAITED_DAYS = 30

const named = (text: string): string =>
  `(SELECT coalesce(json_agg(json_build_object('id', x.id, 'label', x.name) ORDER BY x.name, x.id), '[]') FROM (${text}) x)`

const unused = (table: string): string =>
  named(`SELECT k.id, k.name FROM plinth.${table} k WHERE k.tenant_id = $1
    AND coalesce(k.last_used_at, k.created_at) < now() - make_interval(days => ${UNUSED_DAYS})`)

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
      'openProviders', ${named(`SELECT p.id, p.name FROM plinth.sign_on_provider p WHERE p.tenant_id = $1 AND p.enabled
        AND (p.settings->>'onboarding')::boolean AND jsonb_array_length(coalesce(p.settings->'domains', '[]')) = 0`)}
    ) AS facts`,
    values: [tenantId],
  }
}
