import type { DelegationDocument, DelegationInput, DelegationsDocument } from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'

const ROOT = '/api/v1/delegations'

/** One's own, given and got. */
export function fetchOwn(options: CallOptions = {}): Promise<DelegationsDocument> {
  return api.get(ROOT, options)
}

/** Those of all members. */
export async function fetchAll(options: CallOptions = {}): Promise<readonly DelegationDocument[]> {
  const { items } = await api.get<{ items: readonly DelegationDocument[] }>(
    '/api/v1/members/delegations',
    options,
  )
  return items
}

export function delegate(input: DelegationInput): Promise<DelegationDocument> {
  return api.post(ROOT, input)
}

export function endDelegation(id: string): Promise<void> {
  return api.delete(`${ROOT}/${id}`)
}
