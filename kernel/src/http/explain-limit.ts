import type { AccessExplanation, LimitDocument } from '@plinth/sdk'
import { splitPermission } from '../access/index.ts'
import { MEMBER_LIMIT, type Limit } from '../entitlements/index.ts'
import { entityOf } from '../plugins/index.ts'
import type { HttpContext } from './environment.ts'
import { limitDocuments } from './limit-documents.ts'
import type { HttpServices } from './services.ts'

/** What adds to the records of an entity. */
const GROWING: ReadonlySet<string> = new Set(['create', 'restore'])

type Decided = Pick<AccessExplanation, 'allowed' | 'reason'>

/** What a limit that is reached makes of an answer: who manages members may, only not invite; who may create may not. */
export async function limited<A extends Decided>(
  c: HttpContext,
  services: HttpServices,
  permission: string,
  answer: A,
): Promise<A | (Omit<A, 'allowed' | 'reason'> & Decided & { readonly limit: LimitDocument })> {
  const limit = answer.allowed ? limitOn(c, permission) : undefined
  const [document] = limit ? await limitDocuments(services, c.get('tenant'), [limit]) : []
  if (!document || document.value === null || document.used < document.value) return answer
  if (limit === MEMBER_LIMIT) return { ...answer, limit: document }
  return { ...answer, allowed: false, reason: 'limit_reached', limit: document }
}

function limitOn(c: HttpContext, permission: string): Limit | undefined {
  if (permission === 'platform.kernel.member.manage') return MEMBER_LIMIT
  return GROWING.has(splitPermission(permission).action)
    ? entityOf(c.get('plugins').view, permission)?.limit
    : undefined
}
