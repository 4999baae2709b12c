import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TIERS, tierIncludes, type Tier } from '@plinth/sdk'
import { evaluateFeature, type FeatureQuestion } from './feature.ts'

const tier = fc.constantFrom<Tier>(...TIERS)
const byTier = fc.record(
  Object.fromEntries(TIERS.map((each) => [each, fc.boolean()])) as Record<Tier, fc.Arbitrary<boolean>>,
)
const percentage = fc.integer({ min: 0, max: 100 })
const question: fc.Arbitrary<FeatureQuestion> = fc.record({
  tenant: fc.record({ id: fc.uuid(), tier }),
  plugin: fc.constantFrom('crm', 'fair'),
  pluginTier: tier,
  feature: fc.record(
    { id: fc.constantFrom('map', 'raffle'), tier, default: fc.oneof(fc.boolean(), byTier) },
    { requiredKeys: ['id', 'default'] },
  ),
  rollout: fc.option(fc.record({ stopped: fc.boolean(), percentage: fc.option(percentage) }), {
    nil: undefined,
  }),
  override: fc.option(fc.boolean()),
})

const check = (property: (question: FeatureQuestion) => void): void =>
  fc.assert(fc.property(question, property))

describe('who decides about a feature', () => {
  test('a stopped one is off for everybody, whatever else there is', () => {
    check((each) => {
      const rollout = { stopped: true, percentage: each.rollout?.percentage ?? null }
      expect(evaluateFeature({ ...each, rollout })).toEqual({ on: false, why: 'stopped' })
    })
  })

  test('then the tier: no tenant gives itself what its tier lacks, and no roll-out does', () => {
    check((each) => {
      fc.pre(!each.rollout?.stopped)
      const needed = each.feature.tier ?? each.pluginTier
      const { on, why, tier: named } = evaluateFeature(each)
      if (tierIncludes(each.tenant.tier, needed)) expect(why).not.toBe('tier')
      else expect({ on, why, named }).toEqual({ on: false, why: 'tier', named: needed })
    })
  })

  test('then the tenant: its word goes before any percentage', () => {
    check((each) => {
      const free = {
        ...each,
        pluginTier: 'free' as const,
        feature: { ...each.feature, tier: 'free' as const },
      }
      fc.pre(!free.rollout?.stopped && free.override !== null)
      expect(evaluateFeature(free)).toEqual({ on: free.override, why: 'override' })
    })
  })

  test('then the percentage, of 0 nobody and of 100 everybody; then the default of the tier', () => {
    check((each) => {
      const free = {
        ...each,
        override: null,
        pluginTier: 'free' as const,
        feature: { ...each.feature, tier: 'free' as const },
      }
      const at = (share: number | null) =>
        evaluateFeature({ ...free, rollout: { stopped: false, percentage: share } })
      expect(at(0)).toEqual({ on: false, why: 'rollout' })
      expect(at(100)).toEqual({ on: true, why: 'rollout' })
      const { default: value } = each.feature
      const on = typeof value === 'boolean' ? value : value[each.tenant.tier]
      expect(at(null)).toEqual({ on, why: 'default' })
    })
  })
})

describe('the share a feature is rolled out to', () => {
  const isIn = (id: string, share: number, feature = 'map'): boolean =>
    evaluateFeature({
      tenant: { id, tier: 'free' },
      plugin: 'fair',
      pluginTier: 'free',
      feature: { id: feature, default: false },
      rollout: { stopped: false, percentage: share },
      override: null,
    }).on

  test('only grows: who is in stays in', () => {
    fc.assert(
      fc.property(fc.uuid(), percentage, percentage, (id, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        expect(isIn(id, less) && !isIn(id, more)).toBe(false)
      }),
    )
  })

  test('is about that large, and of other tenants for another feature', () => {
    const tenants = Array.from({ length: 4_000 }, (_, index) => `tenant-${index}`)
    const first = tenants.filter((id) => isIn(id, 25))
    expect(first.length).toBeGreaterThan(880)
    expect(first.length).toBeLessThan(1_120)
    const both = first.filter((id) => isIn(id, 25, 'raffle'))
    expect(both.length).toBeLessThan(first.length / 2)
  })
})
