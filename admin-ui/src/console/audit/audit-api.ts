import type { AuditWords } from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'
import { auditQuery, type AuditFilter } from './audit-filter.ts'

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

/** A page of the list. */
export interface AuditList {
  readonly items: readonly AuditEntry[]
  /** Whether there are older ones. */
  readonly more: boolean
  /** What they are told in. */
  readonly words: AuditWords
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
  readonly adopted: number
  readonly faults: readonly {
    readonly kind: string
    readonly block: number | null
    readonly entry: string | null
  }[]
}

export async function fetchAudit(
  filter: AuditFilter,
  before: string | undefined,
  options: CallOptions = {},
): Promise<AuditList> {
  const query = auditQuery(filter)
  if (before !== undefined) query.set('before', before)
  return api.get(`/api/v1/audit?${query}`, options)
}

export function fetchChain(options: CallOptions = {}): Promise<ChainState> {
  return api.get('/api/v1/audit/chain', options)
}

export function verifyChain(): Promise<Verification> {
  return api.post('/api/v1/audit/verify', {})
}
