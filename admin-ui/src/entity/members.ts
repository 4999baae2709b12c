import { api, csrf } from '@plinth/ui'
import type { MemberNames } from './list-columns.ts'

interface Member {
  readonly id: string
  readonly label?: string
  readonly name?: string
}

let loading: Promise<MemberNames> | undefined
let loadedFor = ''

/** Names of the members by id. Empty for someone who may not see them; kept for a minute. */
export function memberNames(): Promise<MemberNames> {
  // A new sign-in may see other names.
  if (loadedFor !== csrf.peek()) loading = undefined
  loadedFor = csrf.peek()
  loading ??= api
    .get<{ items: readonly Member[] }>('/api/v1/members')
    .then(({ items }) => new Map(items.map(({ id, label, name }) => [id, label ?? name ?? ''])))
    .catch((): MemberNames => new Map())
    .finally(() => setTimeout(() => (loading = undefined), 60_000))
  return loading
}
