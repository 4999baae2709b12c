import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { ProblemError } from '@plinth/sdk'
import { NoticeCache, storeEntry, type Bus, type Database, type Origin } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import {
  POLICY_SECTION_NAMES,
  POLICY_SECTIONS,
  type PolicySectionName,
  type SecurityPolicy,
} from './sections.ts'

type Settings = Readonly<Record<string, unknown>>

/** The schema of a change: any settings of any sections. */
const policyChangeSchema = {
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    POLICY_SECTION_NAMES.map((name) => [
      name,
      { type: 'object', additionalProperties: false, properties: POLICY_SECTIONS[name].properties },
    ]),
  ),
}

let validator: ValidateFunction | undefined

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
    return this.#cache.get(tenantId, '', async () => {
      const rows = await this.#database.query<{ section: string; settings: Settings }>(
        { tenantId },
        {
          name: 'plinth_policy',
          text: 'SELECT section, settings FROM plinth.security_policy WHERE tenant_id = $1',
          values: [tenantId],
        },
      )
      const stored = new Map(rows.map(({ section, settings }) => [section, settings]))
      return Object.fromEntries(
        POLICY_SECTION_NAMES.map((name) => [
          name,
          { ...POLICY_SECTIONS[name].defaults, ...stored.get(name) },
        ]),
      ) as unknown as SecurityPolicy
    })
  }

  /**
   * Changes single settings, with an entry for each section that becomes another. Acts on every node with the next request.
   *
   * @throws Failure `validation_failed`
   */
  async change(tenantId: string, origin: Origin, input: unknown): Promise<SecurityPolicy> {
    const change = readChange(input)
    const before = await this.of(tenantId)
    await this.#database.transaction({ tenantId }, async (transaction) => {
      for (const [section, settings] of Object.entries(change) as [PolicySectionName, Settings][]) {
        const former = differing(before[section], settings)
        const wanted = differing(settings, before[section])
        if (Object.keys(wanted).length === 0) continue
        transaction.later({
          text: `INSERT INTO plinth.security_policy AS p (tenant_id, section, settings) VALUES ($1, $2, $3::jsonb)
            ON CONFLICT (tenant_id, section) DO UPDATE SET settings = p.settings || excluded.settings, version = p.version + 1, changed_at = now()`,
          values: [tenantId, section, JSON.stringify(wanted)],
        })
        transaction.later(
          storeEntry(tenantId, origin, {
            action: 'policy.changed',
            subjectType: 'platform.policy',
            subjectId: section,
            before: former,
            after: wanted,
          }),
        )
      }
    })
    await this.#bus.publish({ topic: 'tenant', tenantId })
    this.#cache.forget(tenantId)
    return this.of(tenantId)
  }

  /** Settings of a policy that weaken what they seem to strengthen. */
  static warnings(policy: SecurityPolicy): { section: string; setting: string; code: string }[] {
    const of = <S extends PolicySectionName>(section: S) =>
      (POLICY_SECTIONS[section].warnings?.(policy[section]) ?? []).map((each) => ({ section, ...each }))
    return POLICY_SECTION_NAMES.flatMap((section) => of(section))
  }
}

function readChange(input: unknown): Partial<Record<PolicySectionName, Settings>> {
  validator ??= new Ajv2020({ allErrors: true }).compile(policyChangeSchema)
  if (validator(input)) return input as Partial<Record<PolicySectionName, Settings>>
  const errors: ProblemError[] = (validator.errors ?? []).map(
    ({ instancePath, keyword, params, message }) => {
      const extra = (params as { additionalProperty?: string }).additionalProperty
      return {
        pointer: extra === undefined ? instancePath : `${instancePath}/${extra}`,
        code: extra === undefined ? keyword : 'unknown',
        detail:
          extra === undefined ? `The value ${message ?? 'is not accepted'}.` : 'There is no such setting.',
      }
    },
  )
  throw new Failure('validation_failed', { errors })
}

/** What of `settings` is another in `than`. */
function differing(settings: object, than: object): Settings {
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => {
      const other = (than as Settings)[name]
      return other !== undefined && JSON.stringify(other) !== JSON.stringify(value)
    }),
  )
}
