import type { KeyObject } from 'node:crypto'
import type { SecurityReportDocument } from '@plinth/sdk'
import { holdsEverything } from '../access/index.ts'
import { AUDIT_KEY, chainState, securityCounts } from '../audit/index.ts'
import type { Vault } from '../crypto/index.ts'
import type { Database } from '../data/index.ts'
import type { Identity, Policies } from '../identity/index.ts'
import { accessOf, type TenantPlugins } from '../plugins/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { readFacts, type Facts, type MemberFact } from './facts.ts'
import { findingsOf } from './findings.ts'

/** Looks for what weakens workspaces. */
export class Weaknesses {
  readonly #database: Database
  readonly #key: KeyObject
  readonly #policies: Policies

  constructor({ database, vault, policies }: { database: Database; vault: Vault; policies: Policies }) {
    this.#database = database
    this.#key = vault.key(AUDIT_KEY)
    this.#policies = policies
  }

  /** @param since from when on security events are counted */
  async report({ id }: Tenant, plugins: TenantPlugins, since: Date): Promise<SecurityReportDocument> {
    const [[row], policy, baseline, chain, events] = await Promise.all([
      this.#database.query<{ facts: Facts }>({ tenantId: id }, readFacts(id)),
      this.#policies.of(id),
      this.#policies.baseline(id),
      chainState(this.#database, this.#key, id),
      securityCounts(this.#database, id, since),
    ])
    const now = Date.now()
    const isAdministrator = administratorTest(id, plugins)
    const findings = findingsOf({ ...row!.facts, policy, baseline, chain, isAdministrator, now })
    return { at: new Date(now).toISOString(), since: since.toISOString(), findings, events }
  }
}

/** Who holds everything, by whichever roles; worked out once for those who have the same. */
function administratorTest(tenantId: string, plugins: TenantPlugins): (member: MemberFact) => boolean {
  const known = new Map<string, boolean>()
  return ({ id, label, roles }) => {
    const key = roles.toSorted().join(' ')
    let answer = known.get(key)
    if (answer === undefined) {
      const identity: Identity = {
        tenantId,
        actor: { kind: 'member', id, name: label },
        member: { id, name: label, email: '', locale: null },
        roles,
        permissions: [],
        expiresAt: undefined,
      }
      known.set(key, (answer = holdsEverything(accessOf(identity, plugins))))
    }
    return answer
  }
}
