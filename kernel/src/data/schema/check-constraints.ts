import { createHash } from 'node:crypto'
import type { CheckDeclaration, CheckFilter } from '@plinth/sdk'
import type pg from 'pg'
import { isFieldOperand, operators } from '../model/check.ts'
import type { EntityModel, FieldModel, Models } from '../model/entity-model.ts'
import { fieldSql } from '../model/field-sql.ts'
import { toMinor } from '../model/money.ts'

const COMPARE: Readonly<Record<string, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
}

/** The constraint of a rule. Its name tells of its text, so that another text is another constraint. */
export function checkConstraint(model: EntityModel, check: CheckDeclaration): { name: string; sql: string } {
  const when = check.when ? `(${condition(model, check.when)}) IS NOT TRUE OR ` : ''
  const sql = `${when}(${condition(model, check.that)}) IS NOT FALSE`
  const digest = createHash('sha256').update(`${model.table} ${check.id} ${sql}`).digest('hex').slice(0, 10)
  return { name: `${model.table.slice(0, 40)}__${digest}_check`, sql }
}

/**
 * The rules of all entities as constraints: what the kernel judged before a change, the database judges again. NOT VALID, so that
 * records from before a rule stay until they are changed.
 */
export async function addCheckConstraints(client: pg.Client, models: Models, schema: string): Promise<void> {
  const { rows } = await client.query<{ table: string; name: string }>(
    `SELECT r.relname AS table, c.conname AS name FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
     WHERE c.contype = 'c' AND c.connamespace = $1::regnamespace AND c.conname ~ '__[0-9a-f]{10}_check$'`,
    [schema],
  )
  for (const model of models.values()) {
    const wanted = (model.declaration.checks ?? []).map((check) => checkConstraint(model, check))
    const present = rows.filter(({ table }) => table === model.table).map(({ name }) => name)
    const table = `${schema}.${model.table}`
    for (const name of present)
      if (!wanted.some((each) => each.name === name))
        await client.query(`ALTER TABLE ${table} DROP CONSTRAINT "${name}"`)
    for (const { name, sql } of wanted)
      if (!present.includes(name))
        await client.query(`ALTER TABLE ${table} ADD CONSTRAINT "${name}" CHECK (${sql}) NOT VALID`)
  }
}

function condition(model: EntityModel, filter: CheckFilter): string {
  const parts = Object.entries(filter).map(([key, value]) => {
    if (key === 'and' || key === 'or')
      return `(${(value as CheckFilter[]).map((each) => condition(model, each)).join(key === 'and' ? ' AND ' : ' OR ')})`
    if (key === 'not') return `NOT (${condition(model, value as CheckFilter)})`
    const field = model.byName.get(key)!
    return `(${operators(value)
      .map(([operator, operand]) => comparison(model, field, operator, operand))
      .join(' AND ')})`
  })
  return parts.length === 0 ? 'true' : parts.join(' AND ')
}

function comparison(model: EntityModel, field: FieldModel, operator: string, operand: unknown): string {
  if (operator === 'isNull') return `${field.column} IS ${operand === true ? '' : 'NOT '}NULL`
  if (operator === 'in' || operator === 'nin') {
    const any = `(${(operand as unknown[]).map((each) => compared(field, '=', literal(field, each))).join(' OR ')})`
    return operator === 'in' ? any : `NOT ${any}`
  }
  const other = isFieldOperand(operand) ? model.byName.get(operand.field)!.columns : literal(field, operand)
  return operator === 'ne' ? `NOT ${compared(field, '=', other)}` : compared(field, COMPARE[operator]!, other)
}

/** Amounts compare within their currency only. */
function compared(
  { column, columns }: FieldModel,
  sign: string,
  [first = '', second]: readonly string[],
): string {
  if (columns.length === 1) return `(${column} ${sign} ${first})`
  // Without an amount on either side nothing is known; with another currency it is known to be false.
  return `(${column} ${sign} ${first} AND ${columns[1]} = ${second})`
}

function literal(field: FieldModel, value: unknown): string[] {
  if (value === null) return field.columns.map(() => 'NULL')
  if (field.declaration.type === 'money') {
    const currency = field.declaration.currency!
    return [String(toMinor({ amount: value as string, currency })), `'${currency}'`]
  }
  return [
    `'${(value as string | number | boolean).toString().replaceAll(`'`, `''`)}'::${fieldSql[field.declaration.type].cast}`,
  ]
}
