import type { EntityModel } from '../../data/index.ts'

const parameter = (name: string, description: string, schema: object = { type: 'string' }) => ({
  name,
  in: 'query',
  schema,
  description,
})

const results = {
  type: 'object',
  additionalProperties: { type: ['number', 'string', 'object', 'null'] },
  description: 'Of money: amounts as { amount, currency }',
  example: { amount: { amount: '1234.50', currency: 'EUR' } },
}

const answer = {
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
    more: { type: 'boolean', description: 'There are further groups beyond the limit' },
  },
}

/** Counts, sums and the like of an entity's records, by group. */
export function aggregatePath(model: EntityModel): Record<string, unknown> {
  return {
    get: {
      tags: [model.plugin],
      operationId: `aggregate_${model.id.replaceAll(/[.-]/g, '_')}`,
      summary: `Count and sum ${model.declaration.labelPlural.en}`,
      parameters: [
        parameter(
          'group',
          'At most three, comma separated: enum, bool, ref and member fields; date and datetime fields with day, week, month, quarter or year, e.g. createdAt:month, in UTC; money fields by currency, e.g. price.currency. Keys of dates are the first day. Amounts whose field leaves the currency open are grouped by <field>.currency in any case',
        ),
        parameter('sum', 'int, decimal and money fields, comma separated; exact'),
        parameter(
          'avg',
          'int and decimal fields, to six digits, and money fields, to the digits of the currency; comma separated',
        ),
        parameter('min', 'int, decimal, money, date and datetime fields, comma separated'),
        parameter('max', 'int, decimal, money, date and datetime fields, comma separated'),
        parameter('count', 'The number of records is always answered', { type: 'boolean' }),
        parameter('filter', 'Conditions as JSON, as in lists'),
        parameter('q', 'Words to search for, as in lists', { type: 'string', maxLength: 200 }),
        parameter('sort', 'Fields grouped by, count, sum.<field> …, comma separated, - for descending'),
        parameter('limit', 'Most groups', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
      ],
      responses: {
        200: { description: 'Groups', content: { 'application/json': { schema: answer } } },
        default: { $ref: '#/components/responses/Problem' },
      },
    },
  }
}
