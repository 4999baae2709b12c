import type { PolicyDifference, PolicyVersionDocument } from '@plinth/sdk'
import type { Statement } from '../../data/index.ts'
import type { SecurityPolicy } from './sections.ts'

export type PolicyReason = Exclude<PolicyVersionDocument['reason'], 'begun'>

/** Versions a list shows. */
const SHOWN = 100

/** Notes what a change has made of a policy; the first one also what it was before. */
export function storeVersion(
  tenantId: string,
  actorId: string | null,
  reason: PolicyReason,
  { before, after, changes }: VersionContent,
): Statement {
  return {
    text: `WITH latest AS (SELECT max(v.number) AS number FROM plinth.policy_version v WHERE v.tenant_id = $1)
      INSERT INTO plinth.policy_version (tenant_id, number, actor_id, reason, policy, changes)
      SELECT $1::uuid, 1, NULL::uuid, 'begun', $4::jsonb, '[]'::jsonb FROM latest WHERE number IS NULL
      UNION ALL SELECT $1::uuid, coalesce(number, 1) + 1, $2::uuid, $3::text, $5::jsonb, $6::jsonb FROM latest`,
    values: [tenantId, actorId, reason, ...[before, after, changes].map((each) => JSON.stringify(each))],
  }
}

interface VersionContent {
  readonly before: SecurityPolicy
  readonly after: SecurityPolicy
  readonly changes: readonly PolicyDifference[]
}

/** The latest versions, newest first. */
export function listVersions(tenantId: string): Statement {
  return {
    text: `SELECT v.number, v.at, v.reason, v.changes, CASE WHEN m.id IS NULL THEN NULL ELSE json_build_object('id', m.id, 'name', m.name) END AS by
      FROM plinth.policy_version v LEFT JOIN plinth.member m ON m.tenant_id = v.tenant_id AND m.id = v.actor_id
      WHERE v.tenant_id = $1 ORDER BY v.number DESC LIMIT ${SHOWN}`,
    values: [tenantId],
  }
}

export function findVersion(tenantId: string, number: number): Statement {
  return {
    text: 'SELECT policy FROM plinth.policy_version WHERE tenant_id = $1 AND number = $2',
    values: [tenantId, number],
  }
}
