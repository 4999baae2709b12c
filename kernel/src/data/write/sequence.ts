import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/**
 * The next numbers of a field's sequence. Gapless: the counter's row is locked until the transaction that uses the numbers ends,
 * and a rollback gives them back. It is called by table and column, which renaming leaves as they are.
 */
export async function nextNumbers(
  work: UnitOfWork,
  model: EntityModel,
  field: FieldModel,
  count: number,
): Promise<string[]> {
  const { format, start = 1 } = field.declaration.sequence!
  const year = Number(work.today.slice(0, 4))
  const rows = await work.run<{ value: string | number }>({
    text: `INSERT INTO plinth.sequence AS s (tenant_id, name, year, value) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, name, year) DO UPDATE SET value = s.value + $5 RETURNING value`,
    values: [
      work.context.tenantId,
      `${model.table}.${field.column}`,
      format.includes('{year}') ? year : 0,
      start + count - 1,
      count,
    ],
  })
  const last = BigInt(rows[0]!.value)
  return Array.from({ length: count }, (_, index) => {
    const value = String(last - BigInt(count - 1 - index))
    return format
      .replace('{year}', String(year))
      .replace(/\{n(?::(\d+))?\}/, (__, width?: string) => value.padStart(Number(width ?? 1), '0'))
  })
}
