import type { PolicyVersionDocument, SecurityBaselineDocument } from '@plinth/sdk'
import {
  NoticeCache,
  storeEntry,
  type Bus,
  type Database,
  type Origin,
  type Statement,
  type Transaction,
} from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import { baselineOf } from './baseline.ts'
import { partOf, policyDifferences, wholePolicy, type PolicyPart } from './policy-difference.ts'
import { findVersion, listVersions, storeVersion, type PolicyReason } from './policy-history.ts'
import { readPolicyChange } from './read-policy-change.ts'
import {
  POLICY_SECTION_NAMES,
  POLICY_SECTIONS,
  type PolicySectionName,
  type SecurityPolicy,
} from './sections.ts'

/** Says what is wanted, knowing what is. */
type Wish = (transaction: Transaction, before: SecurityPolicy) => Promise<PolicyPart> | PolicyPart

/** What each tenant asks of those who sign in. Read at every sign-in, and cached until a notice says it has changed. */
export class Policies {
  readonly #database: Database
  readonly #bus: Bus
  readonly #cache: NoticeCache<SecurityPolicy>

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
    this.#cache = new NoticeCache(bus, 10_000)
  }

  of(tenantId: string): Promise<SecurityPolicy> {
    return this.#cache.get(tenantId, '', async () =>
      policyIn(await this.#database.query<StoredSection>({ tenantId }, readSections(tenantId))),
    )
  }

  /**
   * Changes single settings, with an entry for each section that becomes another. Acts on every node with the next request.
   *
   * @throws Failure `validation_failed`
   */
  async change(tenantId: string, origin: Origin, input: unknown): Promise<SecurityPolicy> {
    const change = readPolicyChange(input)
    return this.#become(tenantId, origin, 'changed', () => change)
  }

  /**
   * Brings the policy back to what it was at an earlier version. Settings that did not exist then stay.
   *
   * @throws Failure `not_found` when there is no such version
   */
  async restore(tenantId: string, origin: Origin, number: number): Promise<SecurityPolicy> {
    return this.#become(tenantId, origin, 'restored', async (transaction) => {
      const [version] = await transaction.run<{ policy: PolicyPart }>(findVersion(tenantId, number))
      if (!version) throw new Failure('not_found')
      return version.policy
    })
  }

  /**
   * Brings what is weaker than the recommendations up to them.
   *
   * @param version of the recommendations, as they have been seen
   * @throws Failure `version_conflict` when there are others by now
   */
  async adoptBaseline(tenantId: string, origin: Origin, version: string): Promise<SecurityPolicy> {
    return this.#become(tenantId, origin, 'baselineAdopted', (_transaction, before) => {
      const baseline = baselineOf(before)
      if (baseline.version !== version) throw new Failure('version_conflict')
      return partOf(baseline.gaps, 'after')
    })
  }

  async baseline(tenantId: string): Promise<SecurityBaselineDocument> {
    return baselineOf(await this.of(tenantId))
  }

  /** What the policy was, newest first. */
  async versions(tenantId: string): Promise<readonly PolicyVersionDocument[]> {
    return this.#database.query<PolicyVersionDocument & Record<string, unknown>>(
      { tenantId },
      listVersions(tenantId),
    )
  }

  /** Settings of a policy that weaken what they seem to strengthen. */
  static warnings(policy: SecurityPolicy): { section: string; setting: string; code: string }[] {
    const of = <S extends PolicySectionName>(section: S) =>
      (POLICY_SECTIONS[section].warnings?.(policy[section]) ?? []).map((each) => ({ section, ...each }))
    return POLICY_SECTION_NAMES.flatMap((section) => of(section))
  }

  async #become(tenantId: string, origin: Origin, reason: PolicyReason, wish: Wish): Promise<SecurityPolicy> {
    await this.#database.transaction({ tenantId }, async (transaction) => {
      // One after the other, so that each version follows from the one before it.
      await transaction.run({
        text: `SELECT pg_advisory_xact_lock(hashtextextended('plinth policy ' || $1, 0))`,
        values: [tenantId],
      })
      const before = policyIn(await transaction.run<StoredSection>(readSections(tenantId)))
      const changes = policyDifferences(before, await wish(transaction, before))
      if (changes.length === 0) return
      const [former, wanted] = [partOf(changes, 'before'), partOf(changes, 'after')]
      // What was fine in an earlier release need not be so now.
      readPolicyChange(wanted)
      transaction.later({
        text: `INSERT INTO plinth.security_policy AS p (tenant_id, section, settings) SELECT $1, e.key, e.value FROM jsonb_each($2::jsonb) e
          ON CONFLICT (tenant_id, section) DO UPDATE SET settings = p.settings || excluded.settings, version = p.version + 1, changed_at = now()`,
        values: [tenantId, JSON.stringify(wanted)],
      })
      const after = Object.fromEntries(
        POLICY_SECTION_NAMES.map((name) => [name, { ...before[name], ...wanted[name] }]),
      ) as unknown as SecurityPolicy
      transaction.later(storeVersion(tenantId, origin.actor.id, reason, { before, after, changes }))
      for (const section of Object.keys(wanted))
        transaction.later(
          storeEntry(tenantId, origin, {
            action: `policy.${reason}`,
            subjectType: 'platform.policy',
            subjectId: section,
            before: former[section],
            after: wanted[section],
          }),
        )
      // What is not looked at any more is not kept either.
      if (after.adaptive.mode === 'off' && before.adaptive.mode !== 'off')
        transaction.later({
          text: 'DELETE FROM plinth.sign_in_trait WHERE tenant_id = $1',
          values: [tenantId],
        })
    })
    await this.#bus.publish({ topic: 'tenant', tenantId })
    this.#cache.forget(tenantId)
    return this.of(tenantId)
  }
}

interface StoredSection extends Record<string, unknown> {
  readonly section: string
  readonly settings: Readonly<Record<string, unknown>>
}

function readSections(tenantId: string): Statement {
  return {
    name: 'plinth_policy',
    text: 'SELECT section, settings FROM plinth.security_policy WHERE tenant_id = $1',
    values: [tenantId],
  }
}

function policyIn(rows: readonly StoredSection[]): SecurityPolicy {
  return wholePolicy(Object.fromEntries(rows.map(({ section, settings }) => [section, settings])))
}
