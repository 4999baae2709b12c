import { isSortable, queryFields, type EntityModel } from '../../data/index.ts'
import type { ParameterDescription } from './describe.ts'
import { ref } from './schema-reference.ts'

/** What a list can be asked for. */
export function listParameters(model: EntityModel): ParameterDescription[] {
  const sortable = queryFields(model)
    .filter((field) => isSortable(field.declaration))
    .map(({ name }) => name)
  const sort = model.declaration.list?.sort ?? '-createdAt'
  return [
    {
      name: 'limit',
      description: { en: 'Records per page', de: 'Datensätze je Seite' },
      schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
      example: 20,
    },
    { name: 'cursor', description: { en: 'The next of the page before', de: 'Das next der Seite davor' } },
    {
      name: 'sort',
      list: true,
      description: {
        en: `At most four fields, - before a name for descending. Default: ${sort}. With q also rank, best first`,
        de: `Höchstens vier Felder, - vor dem Namen für absteigend. Sonst: ${sort}. Mit q auch rank, das Beste zuerst`,
      },
      schema: {
        type: 'array',
        items: {
          enum: [
            ...sortable,
            ...sortable.map((name) => `-${name}`),
            ...(isSearchable(model) ? ['rank'] : []),
          ],
        },
      },
      example: sort.split(','),
    },
    ...filterParameters(model),
    {
      name: 'fields',
      list: true,
      description: {
        en: 'Only these fields, besides id and version',
        de: 'Nur diese Felder, neben id und version',
      },
      schema: { type: 'array', items: { enum: [...model.fields, ...model.custom].map(({ name }) => name) } },
      example: model.display,
    },
    ...includeParameter(model),
    ...revealParameter(model),
    {
      name: 'count',
      description: { en: 'Also answer the total number', de: 'Auch die Gesamtzahl angeben' },
      schema: { type: 'boolean', default: false },
      example: true,
    },
  ]
}

function isSearchable(model: EntityModel): boolean {
  return queryFields(model).some((field) => field.declaration.search)
}

/** Which records, by conditions and by words. */
export function filterParameters(model: EntityModel): ParameterDescription[] {
  const filter: ParameterDescription = {
    name: 'filter',
    json: true,
    description: { en: 'Conditions, as JSON', de: 'Bedingungen, als JSON' },
    schema: ref(`${model.id}.filter`),
    example: { createdAt: { gte: '2026-01-01T00:00:00Z' } },
  }
  if (!isSearchable(model)) return [filter]
  const q: ParameterDescription = {
    name: 'q',
    description: {
      en: 'Words to search for: in any case, without accents, in prose also other forms of a German or English word. When nothing is found so, what is written alike',
      de: 'Suchwörter: groß oder klein, ohne Akzente, in Prosa auch andere Formen eines deutschen oder englischen Wortes. Wird so nichts gefunden, ähnlich Geschriebenes',
    },
    schema: { type: 'string', maxLength: 200 },
    example: 'nord',
  }
  return [filter, q]
}

/** What may come along. */
export function includeParameter(model: EntityModel): ParameterDescription[] {
  const references = queryFields(model).flatMap((field) => (field.include ? [field.include] : []))
  const names = [...references, ...model.children.map(({ name }) => name)]
  if (names.length === 0) return []
  return [
    {
      name: 'include',
      list: true,
      description: {
        en: 'What comes along: references and members with their name, children in full. Also one step further (owner.team), all fields of what is referred to (owner.*) or some (owner(name,city)); nothing you could not read by itself',
        de: 'Was mitkommt: Verweise und Mitglieder mit ihrem Namen, Kinder ganz. Auch einen Schritt weiter (owner.team), alle Felder des Ziels (owner.*) oder einige (owner(name,city)); nichts, was nicht auch einzeln lesbar wäre',
      },
      schema: {
        type: 'array',
        items: { anyOf: [{ enum: names }, { type: 'string', pattern: INCLUDE }] },
      },
      example: [names[0]],
    },
  ]
}

/** What masks hide. */
export function revealParameter(model: EntityModel): ParameterDescription[] {
  const names = queryFields(model)
    .filter(({ declaration }) => declaration.mask !== undefined)
    .map(({ name }) => name)
  if (names.length === 0) return []
  return [
    {
      name: 'reveal',
      list: true,
      description: {
        en: `Masked fields to answer as they are. Takes ${model.permission('reveal')} for them, and is noted in the audit log`,
        de: `Verdeckte Felder, die offen kommen sollen. Verlangt ${model.permission('reveal')} für sie und wird protokolliert`,
      },
      schema: { type: 'array', items: { enum: names } },
      example: [names[0]],
    },
  ]
}
const INCLUDE = '^[A-Za-z0-9]+(\\.[A-Za-z0-9]+)?(\\.\\*|\\([A-Za-z0-9,]+\\))?$'
