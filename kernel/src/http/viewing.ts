import { firstBeyond, type Access } from '../access/index.ts'
import type { Identity } from '../identity/index.ts'
import { accessOf, grantedTo, heldBy, type TenantPlugins } from '../plugins/index.ts'
import type { HttpContext } from './environment.ts'

export const VIEW_AS = 'platform.kernel.member.viewAs'

const ROOT = '/api/v1'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What belongs to a person and not to their work: the devices, factors and doors of their account, whom they let in, and who stands in for them. */
const OF_THE_ACCOUNT = [`${ROOT}/session/`, `${ROOT}/sessions`, `${ROOT}/delegations`, `${ROOT}/oauth/grants`]

/** Whether it is refused to who sees the workspace as a colleague: whatever changes something, except ending it, and the colleague's account. */
export function isOutOfView(c: HttpContext): boolean {
  const { method, path } = c.req
  if (!SAFE.has(method)) return !(method === 'DELETE' && ENDS.has(path))
  return OF_THE_ACCOUNT.some((each) => path.startsWith(each))
}

/** Signing out ends it, too. */
const ENDS = new Set([`${ROOT}/session/view`, `${ROOT}/session`])

interface Judgement {
  readonly viewer: Access
  readonly viewed: Access
  readonly may: boolean
}

/** By whom is viewed; good as long as nobody's rights change. */
const judgements = new WeakMap<Identity, Judgement>()

/** Whether someone may see the workspace as another does: they have the right to, and the other holds nothing that they lack. */
export function mayView(viewer: Identity, viewed: Identity, plugins: TenantPlugins): boolean {
  const rights = { viewer: accessOf(viewer, plugins), viewed: accessOf(viewed, plugins) }
  const known = judgements.get(viewed)
  if (known?.viewer === rights.viewer && known.viewed === rights.viewed) return known.may
  const may =
    rights.viewer.can(VIEW_AS) &&
    firstBeyond(heldBy(viewer, plugins), grantedTo(viewed, plugins)) === undefined
  judgements.set(viewed, { ...rights, may })
  return may
}
