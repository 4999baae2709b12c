import { suggestion } from './nearest.ts'
import { entityEvents, type EntityOutline } from './outline.ts'
import { checkPermission } from './permission-reference.ts'
import type { Path, PointContext, Report } from './point.ts'
import { dict, dicts, list, text, texts, type Dict } from './reading.ts'
import { closed, eventType, listOf, localised, permissionId } from './vocabulary.ts'

const name = { type: 'string', minLength: 1, maxLength: 60 }
const states = listOf(name, { minItems: 1, uniqueItems: true })

export const transitionsSchema = closed(
  {
    field: name,
    initial: states,
    moves: listOf(
      closed({ from: states, to: name, label: localised, permission: permissionId, emits: eventType }, [
        'from',
        'to',
        'label',
      ]),
      { minItems: 1 },
    ),
  },
  ['field', 'initial', 'moves'],
)

/** The field must hold a state at any time, from the first on, and people must be able to change it. */
function checkStateField(declaration: Dict, field: Dict, path: Path, report: Report): void {
  const at = [...path, 'field']
  if (field['type'] !== 'enum') report(at, 'field_type', 'States are the values of an enum field.')
  if (field['required'] !== true) report(at, 'state_optional', 'The field of the state must be required.')
  if (field['readOnly'] === true || field['immutable'] === true)
    report(at, 'state_fixed', 'A record cannot change its state in a field that is readOnly or immutable.')
  const start = field['default']
  if (typeof start !== 'string' || !list(declaration['initial']).includes(start))
    report(at, 'state_without_start', 'The default of the field must be one of "initial".')
}

/** Every state named is a value of the field, and every value can be reached. */
function checkStates(declaration: Dict, field: Dict, path: Path, report: Report): void {
  const values = dicts(field['values']).flatMap(([, value]) => text(value['value']) ?? [])
  if (values.length === 0) return
  const mentions: [Path, string][] = texts(declaration['initial']).map(([index, state]) => [
    [...path, 'initial', index],
    state,
  ])
  const reached = new Set(mentions.map(([, state]) => state))
  for (const [index, move] of dicts(declaration['moves'])) {
    const at = [...path, 'moves', index]
    for (const [position, state] of texts(move['from'])) mentions.push([[...at, 'from', position], state])
    const to = text(move['to'])
    if (to === undefined) continue
    mentions.push([[...at, 'to'], to])
    reached.add(to)
  }
  for (const [at, state] of mentions) {
    if (values.includes(state)) continue
    report(at, 'value_unknown', `The field has no value "${state}".${suggestion(state, values)}`)
  }
  const lost = values.filter((value) => !reached.has(value))
  if (lost.length > 0)
    report(
      [...path, 'moves'],
      'state_unreachable',
      `No way leads to ${lost.map((each) => `"${each}"`).join(', ')}.`,
    )
}

function checkWays(declaration: Dict, path: Path, report: Report): void {
  const seen = new Set<string>()
  for (const [index, move] of dicts(declaration['moves'])) {
    const to = text(move['to'])
    if (to === undefined) continue
    // Within one move the schema sees to it that no state is named twice.
    const ways = new Set(texts(move['from']).map(([, from]) => JSON.stringify([from, to])))
    for (const [position, from] of texts(move['from'])) {
      const at = [...path, 'moves', index, 'from', position]
      if (from === to) report(at, 'move_to_itself', `A record that is "${to}" need not become it.`)
      else if (seen.has(JSON.stringify([from, to])))
        report(at, 'duplicate', `An earlier move leads from "${from}" to "${to}" already.`)
    }
    for (const way of ways) seen.add(way)
  }
}

function checkEffects(
  declaration: Dict,
  entityName: string,
  path: Path,
  context: PointContext,
  report: Report,
): void {
  const { own } = context
  for (const [index, move] of dicts(declaration['moves'])) {
    const at = [...path, 'moves', index]
    const permission = text(move['permission'])
    if (permission !== undefined) {
      checkPermission(permission, [...at, 'permission'], context, report)
      const prefix = `${own.area}.${own.id}.${entityName}.`
      if (own.id && own.area && own.permissions.has(permission) && !permission.startsWith(prefix))
        report(
          [...at, 'permission'],
          'permission_foreign',
          `A move takes a permission that begins with "${prefix}".`,
        )
    }
    const event = text(move['emits'])
    if (event === undefined || !own.id) continue
    const declared = own.entities.get(entityName)?.declaration ?? {}
    const generated = entityEvents(own.id, entityName, declared).includes(event)
    if (own.events.has(event) && !generated && event.startsWith(`${own.id}.${entityName}.`)) continue
    const known = [...own.events].filter((each) => each.startsWith(`${own.id}.${entityName}.`))
    report(
      [...at, 'emits'],
      'event_unknown',
      generated
        ? `"${event}" is emitted by every such change anyway.`
        : `"events" publishes no "${event}" of this entity.${suggestion(event, known)}`,
    )
  }
}

/** Checks the states of an entity: that its field can hold them, that every way leads somewhere, and that nothing is named that is not there. */
export function checkTransitions(
  entityName: string,
  { declaration: entity, fields }: EntityOutline,
  entityPath: Path,
  context: PointContext,
  report: Report,
): void {
  const declaration = dict(entity['transitions'])
  const path = [...entityPath, 'transitions']
  const fieldName = text(declaration['field'])
  const field = fieldName === undefined ? undefined : fields.get(fieldName)
  if (field) {
    checkStateField(declaration, field, path, report)
    checkStates(declaration, field, path, report)
  } else if (fieldName !== undefined && fields.size > 0) {
    const message = `The entity has no field "${fieldName}".${suggestion(fieldName, fields.keys())}`
    report([...path, 'field'], 'field_unknown', message)
  }
  checkWays(declaration, path, report)
  checkEffects(declaration, entityName, path, context, report)
}
