import type { FindingSeverity, SecurityBaselineDocument, SecurityFinding } from '@plinth/sdk'
import type { ChainState } from '../audit/index.ts'
import type { SecurityPolicy } from '../identity/index.ts'
import type { Facts, MemberFact, Named } from './facts.ts'

export interface Situation extends Facts {
  readonly policy: SecurityPolicy
  readonly baseline: SecurityBaselineDocument
  readonly chain: ChainState
  readonly isAdministrator: (member: MemberFact) => boolean
  readonly now: number
}

const ORDER: readonly FindingSeverity[] = ['high', 'medium', 'low']
/** Names a finding shows. */
const SHOWN = 20
/** Days after which a chain that was found intact is worth another look. */
const VERIFIED_DAYS = 30
const DAY_MS = 86_400_000

/** What weakens a workspace, the worst first. */
export function findingsOf(situation: Situation): SecurityFinding[] {
  const { members, policy, baseline, chain, isAdministrator, now } = situation
  const administrators = members.filter(isAdministrator)
  const others = members.filter((member) => !administrators.includes(member))
  const owing = policy.secondFactor.required === 'everyone' ? others : []
  const { verified } = chain
  const isOld = !verified || Date.parse(verified.at) < now - VERIFIED_DAYS * DAY_MS
  const chainItem = [{ id: 'chain', label: verified?.at ?? '' }]
  const gaps = baseline.gaps.map(({ section, setting }) => {
    const name = `${section}.${setting}`
    return { id: name, label: name }
  })
  return [
    of('adminWithoutSecondFactor', 'high', 'members', administrators.filter(lacksFactor)),
    of('chainBroken', 'high', 'audit', verified?.intact === false ? chainItem : []),
    of('memberWithoutSecondFactor', 'medium', 'members', owing.filter(lacksFactor)),
    of('policyBelowBaseline', 'medium', 'security', gaps),
    of('keyWithoutEnd', 'medium', 'api-access', situation.keysWithoutEnd),
    of('providerWithoutDomain', 'medium', 'sign-on', situation.openProviders),
    of('delegationLong', 'medium', 'members', situation.longDelegations),
    of('scimTokenOld', 'medium', 'sign-on', situation.oldScimTokens),
    of('scimTokenUnused', 'low', 'sign-on', situation.unusedScimTokens),
    of('keyUnused', 'low', 'api-access', situation.unusedKeys),
    of('clientUnused', 'low', 'api-access', situation.unusedClients),
    of(
      'memberNeverCame',
      'low',
      'members',
      members.filter(({ neverCame }) => neverCame),
    ),
    of('onlyOneAdmin', 'low', 'members', administrators.length === 1 ? administrators : []),
    of('chainNotVerified', 'low', 'audit', isOld ? chainItem : []),
  ]
    .filter(({ count }) => count > 0)
    .toSorted((left, right) => ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity))
}

const lacksFactor = ({ hasSecondFactor }: MemberFact): boolean => !hasSecondFactor

function of(
  code: string,
  severity: FindingSeverity,
  page: SecurityFinding['page'],
  items: readonly Named[],
): SecurityFinding {
  const shown = items.slice(0, SHOWN).map(({ id, label }) => ({ id, label }))
  return { code, severity, page, count: items.length, items: shown }
}
