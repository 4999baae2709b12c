import type { EntityDeclaration, FieldDeclaration, Manifest } from '@plinth/sdk'
import { buildField } from '../model/build-field.ts'
import type { FieldModel, PhysicalNames, RememberedNames } from '../model/entity-model.ts'
import { columnName, tableName } from '../model/names.ts'
import { sharesColumns } from './conversions.ts'
import type { EntityShape, PluginShape } from './plugin-shape.ts'

/**
 * Tables and columns of a new version of a plugin. What was renamed keeps them; a field whose values change gets columns that are not in
 * use, beside the old ones.
 */
export function nextNames(
  manifest: Pick<Manifest, 'id' | 'entities'>,
  installed: PluginShape,
): RememberedNames {
  const tables = new Set(Object.values(installed.entities).map(({ table }) => table))
  const names = new Map<string, PhysicalNames>()
  for (const [name, declaration] of Object.entries(manifest.entities ?? {})) {
    const before = entityBefore(name, manifest.entities!, installed)
    const table = before?.shape.table ?? freeName(tableName(manifest.id, name), (each) => tables.has(each))
    const sameTarget = (was: FieldModel, now: FieldModel): boolean =>
      isSameTarget(was.target, now.target, manifest.entities!, installed)
    const columns = new Map(before ? columnsOf(manifest.id, declaration, before.shape, sameTarget) : [])
    names.set(`${manifest.id}.${name}`, { table, columns })
  }
  return names
}

/** What an entity was in the version before; by its own name first, so that a `was` of an earlier step does no harm. */
export function entityBefore(
  name: string,
  entities: Readonly<Record<string, EntityDeclaration>>,
  installed: PluginShape,
): { readonly name: string; readonly shape: EntityShape } | undefined {
  const was = nameBefore(name, entities, installed.entities)
  return was === undefined ? undefined : { name: was, shape: installed.entities[was]! }
}

/** The name a field had in the version before, or undefined for a new one. */
export function fieldBefore(
  name: string,
  fields: Readonly<Record<string, FieldDeclaration>>,
  before: EntityShape,
): string | undefined {
  return nameBefore(name, fields, before.declaration.fields)
}

function nameBefore(
  name: string,
  now: Readonly<Record<string, { readonly was?: string }>>,
  before: object,
): string | undefined {
  const was = now[name]?.was
  const renamed = was !== undefined && Object.hasOwn(before, was) && !Object.hasOwn(now, was)
  if (Object.hasOwn(before, name)) return name
  return renamed ? was : undefined
}

/** Whether two references lead to the same records; a renamed target is the same one. */
export function isSameTarget(
  was: string | undefined,
  now: string | undefined,
  entities: Readonly<Record<string, EntityDeclaration>>,
  installed: PluginShape,
): boolean {
  if (was === now) return true
  if (was === undefined || now === undefined) return false
  const [plugin, name = ''] = now.split('.')
  return was === `${plugin}.${entityBefore(name, entities, installed)?.name ?? ''}`
}

function columnsOf(
  plugin: string,
  declaration: EntityDeclaration,
  before: EntityShape,
  sameTarget: (was: FieldModel, now: FieldModel) => boolean,
): [string, string][] {
  const field = (name: string, options: FieldDeclaration, column?: string): FieldModel =>
    buildField(plugin, name, options, column)
  const taken = new Set(
    Object.entries(before.declaration.fields).flatMap(
      ([name, options]) => field(name, options, before.columns[name]).columns,
    ),
  )
  return Object.entries(declaration.fields).map(([name, options]) => {
    const was = fieldBefore(name, declaration.fields, before)
    if (was !== undefined) {
      const old = field(was, before.declaration.fields[was]!, before.columns[was])
      const now = field(name, options)
      if (sameTarget(old, now) && sharesColumns(old, now)) return [name, before.columns[was]!]
    }
    const column = freeName(columnName(name), (each) =>
      field(name, options, each).columns.some((one) => taken.has(one)),
    )
    for (const each of field(name, options, column).columns) taken.add(each)
    return [name, column]
  })
}

function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  let name = wanted
  for (let count = 2; isTaken(name); count++) name = `${wanted}__${count}`
  return name
}
