import type { EntityDeclaration, FieldDeclaration } from '@plinth/sdk'
import { nextNames } from '../src/data/evolution/physical-names.ts'
import { planUpgrade } from '../src/data/evolution/plan-upgrade.ts'
import { shapesOf } from '../src/data/evolution/plugin-shape.ts'
import { buildModels } from '../src/data/model/entity-model.ts'

export type Fields = Readonly<Record<string, Omit<FieldDeclaration, 'label'>>>

const label = { en: 'X' }
const base = { label, labelPlural: label, collection: 'things', display: 'id' }

/** An entity with these fields and nothing else. */
export function entity(fields: Fields, more: Partial<EntityDeclaration> = {}): EntityDeclaration {
  const labelled = Object.entries(fields).map(([name, field]) => [name, { ...field, label }])
  return { ...base, ...more, fields: Object.fromEntries(labelled) as EntityDeclaration['fields'] }
}

export const source = (version: string, entities: Readonly<Record<string, EntityDeclaration>>) => ({
  id: 'shop',
  area: 'office',
  version,
  entities,
})

/** What the differ makes of two versions of a plugin. */
export function between(
  before: Readonly<Record<string, EntityDeclaration>>,
  after: Readonly<Record<string, EntityDeclaration>>,
  byCode: readonly string[] = [],
) {
  const installed = shapesOf(buildModels([source('1.0.0', before)])).get('shop')!
  const manifest = source('2.0.0', after)
  const models = buildModels([manifest], nextNames(manifest, installed))
  const { plan, refusals } = planUpgrade('shop', installed, [...models.values()], new Set(byCode))
  return { plan, models, refusals: refusals.map(({ pointer, code }) => `${pointer} ${code}`) }
}
