import { DATE_BUCKETS } from '@plinth/sdk'
import { queryFields, type EntityModel, type JsonSchema } from '../../data/index.ts'
import { filterParameters } from './collection-parameters.ts'
import type { ParameterDescription, RouteDescription } from './describe.ts'
import { aboutMany, entityRoute } from './entity-route.ts'

const KEYS = new Set(['enum', 'bool', 'ref', 'member'])
const DATES = new Set(['date', 'datetime'])
const MONEY = new Set(['money'])
const NUMBERS = new Set(['int', 'decimal', 'money'])

/** Counts, sums and the like of an entity's records, by group. */
export function describeAggregate(model: EntityModel): RouteDescription {
  const of = (types: ReadonlySet<string>) =>
    queryFields(model)
      .filter((field) => types.has(field.declaration.type))
      .map(({ name }) => name)
  const buckets = of(DATES).flatMap((name) => DATE_BUCKETS.map((bucket) => `${name}:${bucket}`))
  const measure = (
    name: string,
    fields: readonly string[],
    en: string,
    de: string,
  ): ParameterDescription => ({
    name,
    list: true,
    description: { en, de },
    schema: { type: 'array', items: { enum: fields } },
  })
  const numbers = of(NUMBERS)
  return {
    ...entityRoute(model, 'aggregate', 'read'),
    summary: aboutMany(model, 'Count and sum {name}', '{name} zählen und summieren'),
    parameters: [
      {
        ...measure(
          'group',
          [...of(KEYS), ...buckets, ...of(MONEY).map((name) => `${name}.currency`)],
          'At most three. Dates by day, week, month, quarter or year in UTC; their key is the first day. Amounts whose field leaves the currency open are grouped by it in any case',
          'Höchstens drei. Daten nach Tag, Woche, Monat, Quartal oder Jahr in UTC; ihr Schlüssel ist der erste Tag. Beträge, deren Feld die Währung offen lässt, werden immer nach ihr gruppiert',
        ),
        example: ['createdAt:month'],
      },
      ...(numbers.length > 0
        ? [
            measure('sum', numbers, 'Sums, exact', 'Summen, genau'),
            measure(
              'avg',
              numbers,
              'Averages, to six digits, of money to those of the currency',
              'Mittelwerte, auf sechs Stellen, von Beträgen auf die der Währung',
            ),
          ]
        : []),
      measure('min', [...numbers, ...of(DATES)], 'Least values', 'Kleinste Werte'),
      measure('max', [...numbers, ...of(DATES)], 'Greatest values', 'Größte Werte'),
      {
        name: 'count',
        description: { en: 'The number of records is always answered', de: 'Die Anzahl wird immer genannt' },
        schema: { const: true },
      },
      ...filterParameters(model),
      {
        name: 'sort',
        description: {
          en: 'Fields grouped by, count, sum.<field> …, comma separated, - for descending',
          de: 'Gruppierte Felder, count, sum.<feld> …, durch Komma getrennt, - für absteigend',
        },
        example: '-count',
      },
      {
        name: 'limit',
        description: { en: 'Most groups', de: 'Höchstens so viele Gruppen' },
        schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
        example: 12,
      },
    ],
    answers: {
      200: {
        description: { en: 'Groups', de: 'Gruppen' },
        content: {
          schema: groups,
          example: { groups: [{ key: { createdAt: '2026-03-01' }, count: 12 }], more: false },
        },
      },
    },
    problems: ['query_invalid'],
  }
}

const results: JsonSchema = {
  type: 'object',
  additionalProperties: { type: ['number', 'string', 'object', 'null'] },
  description: {
    en: 'Of money: amounts as { amount, currency }',
    de: 'Von Geld: Beträge als { amount, currency }',
  },
}

const groups: JsonSchema = {
  type: 'object',
  required: ['groups', 'more'],
  properties: {
    groups: {
      type: 'array',
      items: {
        type: 'object',
        required: ['key', 'count'],
        properties: {
          key: { type: 'object', additionalProperties: { type: ['string', 'boolean', 'null'] } },
          count: { type: 'integer' },
          sum: results,
          avg: results,
          min: results,
          max: results,
        },
      },
    },
    more: {
      type: 'boolean',
      description: {
        en: 'There are further groups beyond the limit',
        de: 'Es gibt weitere Gruppen jenseits der Grenze',
      },
    },
  },
}
