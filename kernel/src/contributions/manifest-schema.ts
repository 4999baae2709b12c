import type { ContributionPoint, JsonSchema } from './point.ts'
import { actions } from './points/actions.ts'
import { dependencies } from './points/dependencies.ts'
import { entities } from './points/entities.ts'
import { events } from './points/events.ts'
import { features } from './points/features.ts'
import { i18n } from './points/i18n.ts'
import { identity } from './points/identity.ts'
import { lifecycle } from './points/lifecycle.ts'
import { limits } from './points/limits.ts'
import { permissions } from './points/permissions.ts'
import { roles } from './points/roles.ts'
import { routes } from './points/routes.ts'
import { tier } from './points/tier.ts'
import { ui } from './points/ui.ts'

/** Every kind of thing a plugin can contribute, in the order in which problems are reported. */
export const contributionPoints: readonly ContributionPoint[] = [
  identity,
  dependencies,
  tier,
  features,
  limits,
  permissions,
  roles,
  entities,
  actions,
  events,
  routes,
  ui,
  i18n,
  lifecycle,
]

function sum(
  pieces: readonly (Readonly<Record<string, JsonSchema>> | undefined)[],
  what: string,
): Record<string, JsonSchema> {
  const total: Record<string, JsonSchema> = {}
  for (const [key, piece] of pieces.flatMap((one) => Object.entries(one ?? {}))) {
    if (Object.hasOwn(total, key)) throw new Error(`Two contribution points own the ${what} "${key}"`)
    total[key] = piece
  }
  return total
}

/** The JSON Schema (2020-12) of a whole manifest: what the contribution points own, and nothing else. */
export const manifestSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Plinth plugin manifest',
  type: 'object',
  properties: sum(
    contributionPoints.map((point) => point.properties),
    'key',
  ),
  required: contributionPoints.flatMap((point) => point.required ?? []),
  additionalProperties: false,
  $defs: sum(
    contributionPoints.map((point) => point.definitions),
    'definition',
  ),
}
