import { api, type CallOptions } from '@plinth/ui'

export interface AuditEntry {
  readonly id: string
  readonly at: string
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null }
  readonly action: string
  readonly subjectType: string
  readonly subjectId: string
  readonly before: unknown
  readonly after: unknown
  readonly address: string | null
}

export interface ChainState {
  readonly head: { readonly seq: number; readonly at: string } | null
  readonly waiting: number
  readonly refused: number
  readonly verified: { readonly at: string; readonly intact: boolean } | null
}

export interface Verification {
  readonly intact: boolean
  readonly entries: number
  readonly faults: readonly {
    readonly kind: string
    readonly block: number | null
    readonly entry: string | null
  }[]
}

/** What the list is narrowed to. */
export interface AuditFilter {
  readonly security: boolean
  readonly q: string
  /** Days as `2026-11-22`, both included; empty for any. */
  readonly from: string
  readonly to: string
}

/** The query of a filter; days are those of the reader. */
export function auditQuery({ security, q, from, to }: AuditFilter): URLSearchParams {
  const query = new URLSearchParams()
  if (security) query.set('security', 'true')
  if (q.trim() !== '') query.set('q', q.trim())
  if (from !== '') query.set('from', new Date(`${from}T00:00`).toISOString())
  if (to !== '') {
    const end = new Date(`${to}T00:00`)
    end.setDate(end.getDate() + 1)
    query.set('to', end.toISOString())
  }
  return query
}

export async function fetchAudit(
  filter: AuditFilter,
  before: string | undefined,
  options: CallOptions = {},
): Promise<readonly AuditEntry[]> {
  const query = auditQuery(filter)
  if (before !== undefined) query.set('before', before)
  return (await api.get<{ items: readonly AuditEntry[] }>(`/api/v1/audit?${query}`, options)).items
}

export function fetchChain(options: CallOptions = {}): Promise<ChainState> {
  return api.get('/api/v1/audit/chain', options)
}

export function verifyChain(): Promise<Verification> {
  return api.post('/api/v1/audit/verify', {})
}
