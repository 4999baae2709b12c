import { actionsSchema, checkActions } from '../entity-actions.ts'
import { checkChecks, checkDefinitions, checksSchema } from '../entity-checks.ts'
import { checkChildren, childrenSchema } from '../entity-children.ts'
import { checkLayout } from '../entity-layout.ts'
import { checkComputed, computedDefinitions } from '../field-computed.ts'
import { checkCreatable } from '../field-options.ts'
import { checkSecrecy } from '../field-secrecy.ts'
import { checkFormerNames, checkFormerValues } from '../former-names.ts'
import { checkTransitions, transitionsSchema } from '../entity-transitions.ts'
import { checkSoftDelete, softDeleteSchema } from '../entity-trash.ts'
import type { Outline } from '../outline.ts'
import type { ContributionPoint, PointContext, Report } from '../point.ts'
import { list, text, type Dict } from '../reading.ts'
import { RESERVED_ADDRESSES, RESERVED_ENTITY_NAMES, RESERVED_FIELD_NAMES } from '../reserved-names.ts'
import { MAX_TABLE_NAME, tableName } from '../table-name.ts'
import { camelName, closed, flag, iconName, kebabName, listOf, localised, named } from '../vocabulary.ts'
import { checkField, fieldSchema } from './fields.ts'

const name = { type: 'string', minLength: 1, maxLength: 60 }
const names = (atLeast: number) => listOf(name, { minItems: atLeast, uniqueItems: true })

const entity = closed(
  {
    label: localised,
    labelPlural: localised,
    was: { $ref: '#/$defs/camelName' },
    icon: iconName,
    collection: kebabName,
    display: { ...name, ...names(1), type: ['string', 'array'] },
    fields: { ...named({ $ref: '#/$defs/camelName' }, fieldSchema), minProperties: 1 },
    unique: listOf(names(1)),
    extensible: flag,
    operations: listOf({ type: 'string', enum: ['create', 'update', 'delete'] }, { uniqueItems: true }),
    softDelete: softDeleteSchema,
    checks: checksSchema,
    children: childrenSchema,
    transitions: transitionsSchema,
    actions: actionsSchema,
    list: closed({ columns: names(1), sort: name, filters: names(0) }, ['columns']),
    form: closed({ groups: listOf(closed({ label: localised, fields: names(1) }, ['label', 'fields'])) }, [
      'groups',
    ]),
  },
  ['label', 'labelPlural', 'collection', 'display', 'fields'],
)

function checkTable(entityName: string, { own, known, other }: PointContext, report: Report): void {
  if (!own.id) return
  const table = tableName(own.id, entityName)
  if (table.length > MAX_TABLE_NAME) {
    const message = `Its table would be called "${table}", longer than ${MAX_TABLE_NAME} characters.`
    report(['entities', entityName], 'name_too_long', message)
  }
  for (const plugin of known?.keys() ?? []) {
    const twin = plugin === own.id ? undefined : sameTable(table, other(plugin))
    if (twin === undefined) continue
    report(
      ['entities', entityName],
      'table_taken',
      `Its table "${table}" belongs to "${plugin}.${twin}" already.`,
    )
  }
}

/** `crm` with `leadSource` and `crm-lead` with `source` would share a table. */
function sameTable(table: string, plugin: Outline | undefined): string | undefined {
  return [...(plugin?.entities.keys() ?? [])].find(
    (entityName) => tableName(plugin!.id, entityName) === table,
  )
}

function checkCollection(
  entityName: string,
  declaration: Dict,
  taken: Map<string, string>,
  report: Report,
): void {
  const collection = text(declaration['collection'])
  if (collection === undefined) return
  const path = ['entities', entityName, 'collection']
  if (RESERVED_ADDRESSES.has(collection))
    report(path, 'name_reserved', `"${collection}" cannot be a collection.`)
  const holder = taken.get(collection)
  if (holder !== undefined)
    report(path, 'duplicate', `The collection "${collection}" belongs to "${holder}" already.`)
  else taken.set(collection, entityName)
}

/** The kinds of records a plugin has. */
export const entities: ContributionPoint = {
  name: 'entities',
  properties: { entities: named({ $ref: '#/$defs/camelName' }, entity) },
  definitions: { camelName, ...checkDefinitions, ...computedDefinitions },
  check(_manifest, context, report) {
    const collections = new Map<string, string>()
    const children = new Map<string, string>()
    checkFormerNames(context.own.entities, ['entities'], ({ declaration }) => declaration, 'entity', report)
    for (const [entityName, outline] of context.own.entities) {
      const { declaration, fields } = outline
      const path = ['entities', entityName]
      if (RESERVED_ENTITY_NAMES.has(entityName))
        report(path, 'name_reserved', `An entity cannot be called "${entityName}".`)
      checkTable(entityName, context, report)
      checkCollection(entityName, declaration, collections, report)
      checkFormerNames(fields, [...path, 'fields'], (field) => field, 'field', report)
      for (const [field, options] of fields) checkFormerValues(options, [...path, 'fields', field], report)
      const operations = declaration['operations']
      const created = operations === undefined || list(operations).includes('create')
      for (const [field, options] of fields) {
        if (created) checkCreatable(options, [...path, 'fields', field], report)
        if (RESERVED_FIELD_NAMES.has(field)) {
          report(
            [...path, 'fields', field],
            'name_reserved',
            `A field cannot be called "${field}": the platform uses that name.`,
          )
        }
        checkComputed(field, options, outline, [...path, 'fields', field], context, report)
        checkField(options, [...path, 'fields', field], context, report)
      }
      checkLayout(outline, path, report)
      checkSecrecy(outline, path, report)
      checkSoftDelete(outline, path, report)
      checkChecks(outline, path, report)
      checkChildren(entityName, outline, path, context, children, report)
      checkTransitions(entityName, outline, path, context, report)
      checkActions(entityName, outline, path, context, report)
    }
  },
}
