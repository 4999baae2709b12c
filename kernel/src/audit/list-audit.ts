import type { Database } from '../data/index.ts'

export interface AuditItem {
  readonly id: string
  readonly at: string
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null }
  readonly action: string
  readonly subjectType: string
  readonly subjectId: string
  readonly before: unknown
  readonly after: unknown
}

/**
 * The latest audit entries of a tenant, newest first. Entries are written with each change (`UnitOfWork.audit`) and cannot be
 * changed: the application's roles may only insert and read them.
 *
 * @param before id of an entry; only older ones are listed
 */
export async function listAudit(
  database: Database,
  tenantId: string,
  options: {
    readonly subjectType?: string | undefined
    readonly subjectId?: string | undefined
    readonly before?: string | undefined
    readonly limit: number
  },
): Promise<string> {
  const rows = await database.query<{ items: string }>(
    { tenantId },
    {
      name: 'plinth_audit',
      text: `SELECT coalesce(json_agg(row_to_json(s)), '[]')::text AS items FROM (
      SELECT a.id, a.at, json_build_object('kind', a.actor_kind, 'id', a.actor_id, 'name', m.name) AS actor, a.action,
        a.subject_type AS "subjectType", a.subject_id AS "subjectId", a.before, a.after
      FROM plinth.audit a LEFT JOIN plinth.member m ON m.tenant_id = a.tenant_id AND m.id = a.actor_id
      WHERE a.tenant_id = $1 AND ($2::text IS NULL OR a.subject_type = $2) AND ($3::text IS NULL OR a.subject_id = $3) AND ($4::uuid IS NULL OR a.id < $4)
      ORDER BY a.id DESC LIMIT $5) s`,
      values: [
        tenantId,
        options.subjectType ?? null,
        options.subjectId ?? null,
        options.before ?? null,
        options.limit,
      ],
    },
  )
  return rows[0]!.items
}
