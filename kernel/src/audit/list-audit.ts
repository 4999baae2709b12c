import type { Database, Statement } from '../data/index.ts'

export interface AuditItem {
  readonly id: string
  readonly at: string
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null }
  readonly action: string
  readonly subjectType: string
  readonly subjectId: string
  readonly before: unknown
  readonly after: unknown
  readonly requestId: string | null
  /** Where the wish came from, where that was noted. */
  readonly address: string | null
  readonly agent: string | null
}

/** A change that has a name: an action, or an action by which a field became something else. */
export interface Happening {
  readonly action: string
  /** Name of the field that is another one after it; null: whatever changed. */
  readonly field: string | null
  /** What the field is after it; null: whatever it is. */
  readonly value: string | null
}

/** Which entries are wanted; what is not said does not matter. */
export interface AuditFilter {
  /** Only what concerns identity, rights and policy, refusals included. */
  readonly security?: boolean | undefined
  readonly subjectType?: string | undefined
  readonly subjectId?: string | undefined
  /** Of a member or an API key. */
  readonly actorId?: string | undefined
  readonly action?: string | undefined
  /** Not older than. */
  readonly from?: Date | undefined
  /** Older than. */
  readonly to?: Date | undefined
  /** Somewhere in it, or in the name of who did it, in any case. */
  readonly q?: string | undefined
  /** Actions `q` is a name of, in the words of who asks: found as well. */
  readonly called?: readonly string[] | undefined
  /** The same for changes `q` is a name of. */
  readonly happenings?: readonly Happening[] | undefined
  /** Id of an entry; only older ones. */
  readonly before?: string | undefined
}

/** As the index is made, so that it is used. */
export const SECURITY = `a.subject_type COLLATE "C" >= 'platform.' AND a.subject_type COLLATE "C" < 'platform/'`

/** Entries as JSON text, whether there are older ones, and the types of their subjects. */
export interface AuditPage {
  readonly items: string
  readonly more: boolean
  readonly subjects: readonly string[]
}

/** Bytes of values after which a page ends, whatever was asked for: each entry may hold a megabyte or two. */
const MOST_BYTES = 8_000_000

/**
 * Audit entries of a tenant, newest first. Entries are written with each change (`UnitOfWork.audit`) and cannot be changed: the
 * application's roles may only insert and read them.
 */
export async function listAudit(
  database: Database,
  tenantId: string,
  filter: AuditFilter & { readonly limit: number },
): Promise<AuditPage> {
  const [page] = await database.query<AuditPage & Record<string, unknown>>(
    { tenantId },
    compile(tenantId, filter),
  )
  return page!
}

/** The same, page by page, to the oldest. */
export async function* auditPages(
  database: Database,
  tenantId: string,
  filter: AuditFilter,
  limit = 500,
): AsyncGenerator<AuditItem[]> {
  let { before } = filter
  for (;;) {
    const page = await listAudit(database, tenantId, { ...filter, before, limit })
    const items = JSON.parse(page.items) as AuditItem[]
    if (items.length > 0) yield items
    if (!page.more) return
    before = items.at(-1)!.id
  }
}

function compile(tenantId: string, { limit, ...filter }: AuditFilter & { limit: number }): Statement {
  const values: unknown[] = [tenantId]
  const conditions = ['a.tenant_id = $1']
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value === undefined) return
    values.push(value)
    conditions.push(condition(`$${values.length}`))
  }
  if (filter.security) conditions.push(SECURITY)
  add(filter.subjectType, (p) => `a.subject_type = ${p}`)
  add(filter.subjectId, (p) => `a.subject_id = ${p}`)
  add(filter.actorId, (p) => `a.actor_id = ${p}::uuid`)
  add(filter.action, (p) => `a.action = ${p}`)
  add(filter.from?.toISOString(), (p) => `a.at >= ${p}::timestamptz`)
  add(filter.to?.toISOString(), (p) => `a.at < ${p}::timestamptz`)
  add(filter.before, (p) => `a.id < ${p}::uuid`)
  if (filter.q !== undefined) {
    const happenings = filter.happenings ?? []
    const actions = [...new Set(happenings.map(({ action }) => action))]
    values.push(filter.q.toLowerCase(), filter.called ?? [], actions, JSON.stringify(happenings))
    const at = (place: number, type: string): string => `$${values.length - 4 + place}::${type}`
    const [words, called, happened, all] = [at(1, 'text'), at(2, 'text[]'), at(3, 'text[]'), at(4, 'jsonb')]
    conditions.push(`(a.action = ANY (${called}) OR (a.action = ANY (${happened}) AND EXISTS (
      SELECT FROM jsonb_to_recordset(${all}) AS h(action text, field text, value text) WHERE h.action = a.action AND (h.field IS NULL
        OR (a.before #>> string_to_array(h.field, '.') IS DISTINCT FROM a.after #>> string_to_array(h.field, '.')
          AND (h.value IS NULL OR a.after #>> string_to_array(h.field, '.') = h.value)))))
      OR strpos(lower(concat_ws(' ', a.action, a.subject_type, a.subject_id, a.request_id, a.address,
      m.name, k.name, p.name, a.before::text, a.after::text)), ${words}) > 0)`)
  }
  values.push(limit)
  const isShown = `s.place <= $${values.length} AND s.ahead < ${MOST_BYTES}`
  return {
    text: `WITH page AS (
        SELECT a.id, a.at, json_build_object('kind', a.actor_kind, 'id', a.actor_id, 'name', coalesce(m.name, k.name, p.name)) AS actor, a.action,
          a.subject_type, a.subject_id, a.before, a.after, a.request_id, a.address, a.agent
        FROM plinth.audit a LEFT JOIN plinth.member m ON m.tenant_id = a.tenant_id AND m.id = a.actor_id
          LEFT JOIN plinth.api_key k ON k.tenant_id = a.tenant_id AND k.id = a.actor_id
          LEFT JOIN plinth.sign_on_provider p ON p.tenant_id = a.tenant_id AND p.id = a.actor_id
        WHERE ${conditions.join(' AND ')} ORDER BY a.id DESC LIMIT $${values.length}::int + 1),
      sized AS (SELECT e.*, coalesce(octet_length(e.before::text), 0) + coalesce(octet_length(e.after::text), 0) AS bytes FROM page e),
      s AS (SELECT z.*, row_number() OVER w AS place, sum(z.bytes) OVER w - z.bytes AS ahead FROM sized z WINDOW w AS (ORDER BY z.id DESC))
      SELECT coalesce(json_agg(json_build_object('id', s.id, 'at', s.at, 'actor', s.actor, 'action', s.action, 'subjectType', s.subject_type,
          'subjectId', s.subject_id, 'before', s.before, 'after', s.after, 'requestId', s.request_id, 'address', s.address, 'agent', s.agent)
          ORDER BY s.id DESC) FILTER (WHERE ${isShown}), '[]')::text AS items,
        coalesce(bool_or(NOT (${isShown})), false) AS more,
        coalesce(array_agg(DISTINCT s.subject_type) FILTER (WHERE ${isShown}), '{}') AS subjects FROM s`,
    values,
  }
}
