import { TIERS } from '@plinth/sdk'
import { suggestion } from '../nearest.ts'
import type { ContributionPoint, Path, Report } from '../point.ts'
import { dict, dicts, finite, text, type Dict } from '../reading.ts'
import { camelName, closed, kebabName, listOf, localised } from '../vocabulary.ts'

const MOST = 1_000_000_000

const value = {
  type: ['integer', 'null'],
  minimum: 0,
  maximum: MOST,
  description: `a whole number from 0 to ${MOST}, or null for no limit`,
}

/** How many records tenants may have, by tier. */
export const limits: ContributionPoint = {
  name: 'limits',
  properties: {
    limits: listOf(
      closed(
        {
          id: kebabName,
          label: localised,
          counts: camelName,
          tiers: closed(Object.fromEntries(TIERS.map((tier) => [tier, value])), TIERS),
        },
        ['id', 'label', 'counts', 'tiers'],
      ),
    ),
  },
  check(manifest, { own }, report) {
    const seen = new Set<string>()
    const counted = new Map<string, string>()
    for (const [index, limit] of dicts(manifest['limits'])) {
      const at = ['limits', index]
      const [id, counts] = [text(limit['id']), text(limit['counts'])]
      if (id !== undefined) {
        if (seen.has(id)) report([...at, 'id'], 'duplicate', `The limit "${id}" is declared twice.`)
        seen.add(id)
      }
      if (counts !== undefined) {
        const other = counted.get(counts)
        if (!own.entities.has(counts))
          report(
            [...at, 'counts'],
            'entity_unknown',
            `The plugin has no entity "${counts}".${suggestion(counts, own.entities.keys())}`,
          )
        else if (other !== undefined)
          report([...at, 'counts'], 'duplicate', `"${counts}" is counted by the limit "${other}" already.`)
        counted.set(counts, id ?? '')
      }
      checkOrder(dict(limit['tiers']), [...at, 'tiers'], report)
    }
  },
}

/** A higher tier includes what a lower one has. */
function checkOrder(tiers: Dict, at: Path, report: Report): void {
  const room = (tier: string): number | undefined => (tiers[tier] === null ? Infinity : finite(tiers[tier]))
  for (const [index, tier] of TIERS.entries()) {
    const lower = TIERS[index - 1]
    if (lower === undefined) continue
    const [less, more] = [room(lower), room(tier)]
    if (less !== undefined && more !== undefined && more < less)
      report([...at, tier], 'limit_order', `The tier ${tier} must have at least as many as ${lower}.`)
  }
}
