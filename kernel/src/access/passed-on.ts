import { isDeepStrictEqual } from 'node:util'
import type { RoleGrant } from '@plinth/sdk'
import type { PassedOn } from '../identity/index.ts'
import { covers, within } from './covers.ts'
import { traceRoles, type KnownRoles, type TracedGrant } from './trace-grants.ts'

/**
 * The grants of what was passed on, as far as the giver has them at this moment by their own roles: what others have passed on to them goes
 * no further. Conditions stay those of the giver: `$actor.id` stands for them.
 */
export function grantsPassedOn(delegation: PassedOn, known: KnownRoles): TracedGrant[] {
  const { id, giver, until } = delegation
  const held = traceRoles(delegation.giverRoles, known)
  const from = { id, giver, until: new Date(until).toISOString() }
  return traceRoles(delegation.roles, known)
    .flatMap((grant) => commonPart(grant, held))
    .map((grant) => ({ ...grant, delegation: from }))
}

/** What of a grant follows from those that are held: all of it, or the narrower ones of both. */
function commonPart(grant: TracedGrant, held: readonly RoleGrant[]): TracedGrant[] {
  if (covers(held, grant.permission)) return [grant]
  return held.flatMap((other) => {
    const { condition, fields } = other
    const isSame = isDeepStrictEqual([condition, fields], [grant.condition, grant.fields])
    const isFree = condition === undefined && fields === undefined
    const isNarrower = grant.condition === undefined && grant.fields === undefined
    return within([grant], [other.permission]).flatMap((part) =>
      isSame || isFree
        ? [part]
        : isNarrower
          ? [{ ...part, ...(condition ? { condition } : {}), ...(fields ? { fields } : {}) }]
          : [],
    )
  })
}
