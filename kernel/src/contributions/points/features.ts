import { TIERS, type Tier } from '@plinth/sdk'
import type { ContributionPoint, JsonSchema, Path, Report } from '../point.ts'
import { dict, dicts, entriesOf, text } from '../reading.ts'
import { closed, flag, kebabName, listOf, localised } from '../vocabulary.ts'

/** One value for all tiers, or one for each: one schema, because a choice of two explains faults badly. */
const byDefault: JsonSchema = {
  ...closed(Object.fromEntries(TIERS.map((tier) => [tier, flag])), TIERS),
  type: ['boolean', 'object'],
  description: 'true, false, or one of them for each tier',
}

const feature = closed(
  {
    id: kebabName,
    type: { const: 'boolean', description: '"boolean", the only type of features there is' },
    label: localised,
    description: localised,
    tier: { enum: TIERS },
    default: byDefault,
  },
  ['id', 'type', 'label', 'default'],
)

function place(tier: unknown): number {
  return TIERS.indexOf(tier as Tier)
}

/** A tier below the lowest cannot have it, so it is not on there either. */
function checkDefault(value: unknown, lowest: unknown, path: Path, report: Report): void {
  for (const [tier, on] of entriesOf(value))
    if (on === true && place(tier) >= 0 && place(tier) < place(lowest))
      report([...path, tier], 'option_conflict', `It takes ${String(lowest)}, so it cannot be on in ${tier}.`)
}

/** Switches over parts of the plugin. */
export const features: ContributionPoint = {
  name: 'features',
  properties: { features: listOf(feature, { maxItems: 100 }) },
  check(manifest, _context, report) {
    const seen = new Set<string>()
    const needed = text(manifest['tier'])
    for (const [index, declaration] of dicts(manifest['features'])) {
      const path = ['features', index]
      const { id, tier = needed, default: value } = dict(declaration)
      if (typeof id === 'string' && seen.has(id))
        report([...path, 'id'], 'duplicate', `The feature "${id}" is declared twice.`)
      if (typeof id === 'string') seen.add(id)
      if (place(tier) >= 0 && place(tier) < place(needed))
        report([...path, 'tier'], 'option_conflict', `The plugin itself takes ${needed}.`)
      checkDefault(value, tier, [...path, 'default'], report)
    }
  },
}
