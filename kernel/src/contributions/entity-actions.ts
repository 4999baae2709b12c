import { MOST_CHOSEN } from '../data/index.ts'
import { checkMask } from './field-secrecy.ts'
import { checkFeature } from './feature-reference.ts'
import { checkHandlers } from './handler-names.ts'
import type { EntityOutline } from './outline.ts'
import { RESERVED_ACTIONS } from './permission-ids.ts'
import { checkPermission } from './permission-reference.ts'
import type { JsonSchema, Path, PointContext, Report } from './point.ts'
import { checkField, fieldSchema } from './points/fields.ts'
import { dict, entriesOf, text, texts, type Dict } from './reading.ts'
import { RESERVED_ENTITY_NAMES } from './reserved-names.ts'
import { checkFilter } from './role-condition.ts'
import {
  closed,
  flag,
  iconName,
  kebabName,
  localised,
  named,
  PERMISSION,
  permissionId,
} from './vocabulary.ts'

/** Options that are about stored values, of which an action is told none. */
const OF_RECORDS = new Set([
  'unique',
  'indexed',
  'readOnly',
  'immutable',
  'computed',
  'search',
  'onDelete',
  'sequence',
  'encrypted',
])

const fieldProperties = dict(fieldSchema['properties']) as Readonly<Record<string, JsonSchema>>

/** The options of fields but for some. */
function optionsWithout(left: ReadonlySet<string>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(fieldProperties).filter(([option]) => !left.has(option)))
}

const camel: JsonSchema = { $ref: '#/$defs/camelName' }

/** What an action can be told besides: one of the records it is carried out on. */
const chosen: JsonSchema = { const: true, description: 'true, or left out' }

const told = closed({ ...optionsWithout(OF_RECORDS), chosen }, ['type', 'label'])

/** Options of values that are given, where an action answers. */
const OF_INPUT = ['default', 'mask', 'entity', 'was']

const answered = closed(optionsWithout(new Set([...OF_RECORDS, ...OF_INPUT])), ['type', 'label'])

/** What all actions have. */
export const actionProperties: Readonly<Record<string, JsonSchema>> = {
  label: localised,
  description: localised,
  icon: iconName,
  input: { ...named(camel, told), minProperties: 1 },
  effect: { enum: ['read', 'write'] },
  output: { ...named(camel, answered), minProperties: 1 },
  danger: flag,
  feature: kebabName,
}

/** Most records an action is carried out on together: they are locked, and noted one by one. */
const MOST_RECORDS = 500
const number: JsonSchema = { type: 'integer', minimum: 1, maximum: MOST_RECORDS }

export const actionsSchema: JsonSchema = named(
  camel,
  closed(
    {
      ...actionProperties,
      on: { enum: ['record', 'collection'] },
      records: {
        ...closed({ min: number, max: number }),
        type: ['boolean', 'object'],
      },
      permission: permissionId,
      when: { $ref: '#/$defs/filter' },
    },
    ['label'],
  ),
)

/** Checks the actions of an entity: names, permissions, conditions, what they are told, and that the code has them. */
export function checkActions(
  entityName: string,
  outline: EntityOutline,
  entityPath: Path,
  context: PointContext,
  report: Report,
): void {
  const path = [...entityPath, 'actions']
  const actions = entriesOf(outline.declaration['actions'])
  if (actions.size > 0 && isChild(entityName, context)) {
    const message = 'These records change with those they belong to: let those have the actions.'
    report(path, 'option_conflict', message)
  }
  for (const [name, value] of actions) {
    const at = [...path, name]
    const action = dict(value)
    if (RESERVED_ACTIONS.has(name) || RESERVED_ENTITY_NAMES.has(name))
      report(at, 'name_reserved', `An action cannot be called "${name}".`)
    checkRight(text(action['permission']), entityName, [...at, 'permission'], context, report)
    if (outline.fields.size > 0) checkFilter(outline, action['when'], [...at, 'when'], report)
    checkPlace(action, at, report)
    checkValues(action, at, entityName, context, report)
  }
  const handlers =
    context.handlers && texts(entriesOf(context.handlers.actions).get(entityName)).map(([, each]) => each)
  const declared = [...actions.keys()].map((name) => [[...path, name], name] as const)
  checkHandlers(declared, handlers, { kind: 'handler of an action', path }, report)
}

function refuseFile({ type }: Dict, path: Path, report: Report): void {
  const message = 'An action is told no files and answers with none; they belong to fields of records.'
  if (type === 'file') report([...path, 'type'], 'option_not_allowed', message)
}

/** What an action is carried out on, and whether what it says about records makes sense there. */
function checkPlace(action: Dict, path: Path, report: Report): void {
  if (action['records'] === false) report([...path, 'records'], 'value', 'Must be true, or leave it out.')
  const conflict = (option: string, message: string): void =>
    report([...path, option], 'option_conflict', message)
  const together = action['on'] === 'collection'
  const { records } = action
  if (records !== undefined && !together)
    conflict('records', '"records" are chosen for an action that is on the "collection".')
  if (records !== undefined && action['effect'] === 'read')
    conflict('records', 'What only reads is carried out on one record, or on the collection.')
  if (together && records === undefined && action['when'] !== undefined)
    conflict('when', 'Without "records" there are none that could meet a condition.')
  const { min = 1, max = MOST_CHOSEN } = dict(records) as { min?: unknown; max?: unknown }
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    report([...path, 'records', 'min'], 'range', `At least ${min} and at most ${max} are none.`)
}

/** Checks what any action is told and answers with. */
export function checkValues(
  action: Dict,
  path: Path,
  entityName: string | undefined,
  context: PointContext,
  report: Report,
): void {
  for (const [field, value] of entriesOf(action['input'])) {
    const place = [...path, 'input', field]
    const options = dict(value)
    const { chosen: isChosen, ...plain } = options
    checkName(field, place, report)
    if (field === 'records' && action['records'] !== undefined)
      report(place, 'name_reserved', '"records" are those it is carried out on.')
    checkField(plain, place, context, report)
    checkMask(plain, place, report)
    refuseFile(options, place, report)
    if (isChosen !== true) continue
    if (action['records'] === undefined)
      report([...place, 'chosen'], 'option_conflict', 'There are no "records" one of which it could be.')
    else if (options['type'] !== 'ref' || options['entity'] !== entityName)
      report([...place, 'chosen'], 'option_conflict', `It must be a "ref" to "${entityName}".`)
  }
  checkFeature(action, path, context, report)
  const reads = action['effect'] === 'read'
  if (reads && action['output'] === undefined)
    report([...path, 'output'], 'option_missing', 'What only reads must answer with something.')
  if (!reads && action['output'] !== undefined)
    report(
      [...path, 'output'],
      'option_conflict',
      'Only an action with the effect "read" answers with something of its own.',
    )
  if (reads && action['danger'] === true)
    report([...path, 'danger'], 'option_conflict', 'What only reads destroys nothing.')
  for (const [field, value] of entriesOf(action['output'])) {
    const place = [...path, 'output', field]
    const options = dict(value)
    checkName(field, place, report)
    if (options['type'] === 'ref' || options['type'] === 'member')
      report([...place, 'type'], 'option_not_allowed', 'An answer cannot be a reference: give its name.')
    else {
      checkField(options, place, context, report)
      refuseFile(options, place, report)
    }
  }
}

function checkName(field: string, path: Path, report: Report): void {
  if (RESERVED_ENTITY_NAMES.has(field)) report(path, 'name_reserved', `A field cannot be called "${field}".`)
}

/** Its condition is about records of this entity, so the permission must be too. */
function checkRight(
  permission: string | undefined,
  entityName: string,
  path: Path,
  context: PointContext,
  report: Report,
): void {
  if (permission === undefined) return
  checkPermission(permission, path, context, report)
  const { own } = context
  const prefix = `${own.area}.${own.id}.${entityName}.`
  const exists = own.permissions.has(permission) || permission.split('.')[1] !== own.id
  if (own.id && own.area && PERMISSION.test(permission) && exists && !permission.startsWith(prefix))
    report(path, 'permission_foreign', `An action takes a permission that begins with "${prefix}".`)
}

function isChild(entityName: string, { own }: PointContext): boolean {
  return [...own.entities.values()].some(({ declaration }) =>
    [...entriesOf(declaration['children']).values()].some((each) => dict(each)['entity'] === entityName),
  )
}
