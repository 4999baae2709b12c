import { TIERS } from '@plinth/sdk'
import type { ContributionPoint } from '../point.ts'

/** The lowest tier that may enable the plugin. */
export const tier: ContributionPoint = {
  name: 'tier',
  properties: { tier: { enum: TIERS } },
  required: ['tier'],
}
