import { entityPermissions } from './permission-ids.ts'
import { dict, dicts, entriesOf, text, type Dict } from './reading.ts'

/** Events every entity has without declaring them. */
const GENERATED_EVENTS = ['created', 'updated', 'deleted'] as const

export interface EntityOutline {
  readonly declaration: Dict
  readonly fields: ReadonlyMap<string, Dict>
}

/**
 * What a manifest declares that other parts of it, or other manifests, may name. Read as far as it can be read: a
 * fault in the declaration of a field must not make every mention of that field a fault too.
 */
export interface Outline {
  /** Empty when the manifest has none. */
  readonly id: string
  readonly area: string
  readonly publisher: string
  readonly requires: ReadonlySet<string>
  readonly uses: ReadonlySet<string>
  readonly entities: ReadonlyMap<string, EntityOutline>
  readonly screens: ReadonlySet<string>
  readonly features: ReadonlySet<string>
  /** Generated and declared ones. */
  readonly permissions: ReadonlySet<string>
  /** Generated and declared ones. */
  readonly events: ReadonlySet<string>
}

/** The events of an entity that need no declaration. */
export function entityEvents(
  plugin: string,
  entity: string,
  declaration: { readonly softDelete?: unknown },
): string[] {
  const facts = declaration.softDelete ? [...GENERATED_EVENTS, 'restored'] : GENERATED_EVENTS
  return facts.map((fact) => `${plugin}.${entity}.${fact}`)
}

function textsUnder(value: unknown, key: string): string[] {
  return dicts(value).flatMap(([, item]) => text(item[key]) ?? [])
}

/** Reads the outline of any value, a valid manifest or not. */
export function outlineOf(value: unknown): Outline {
  const manifest = dict(value)
  const id = text(manifest['id']) ?? ''
  const area = text(manifest['area']) ?? ''
  const entities = new Map<string, EntityOutline>()
  for (const [name, entity] of entriesOf(manifest['entities'])) {
    const declaration = dict(entity)
    const fields = new Map(
      [...entriesOf(declaration['fields'])].map(([field, options]) => [field, dict(options)]),
    )
    entities.set(name, { declaration, fields })
  }
  const named = [...entities]
  const generated = named.flatMap(([name, { declaration, fields }]) =>
    entityPermissions(area, id, name, { ...declaration, fields: fields.values() }),
  )
  return {
    id,
    area,
    publisher: text(manifest['publisher']) ?? '',
    requires: new Set(entriesOf(manifest['requires']).keys()),
    uses: new Set(entriesOf(manifest['uses']).keys()),
    entities,
    screens: new Set(textsUnder(dict(manifest['ui'])['screens'], 'id')),
    features: new Set(textsUnder(manifest['features'], 'id')),
    permissions: new Set([...generated, ...textsUnder(manifest['permissions'], 'id')]),
    events: new Set([
      ...named.flatMap(([name, { declaration }]) => entityEvents(id, name, declaration)),
      ...textsUnder(dict(manifest['events'])['publishes'], 'type'),
    ]),
  }
}
