import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/**
 * The next number of a field's sequence. Gapless: the counter's row is locked until the transaction that uses the number ends,
 * and a rollback gives the number back.
 */
export async function nextNumber(work: UnitOfWork, model: EntityModel, field: FieldModel): Promise<string> {
  const { format, start = 1 } = field.declaration.sequence!
  const year = work.now.getUTCFullYear()
  const rows = await work.run<{ value: string | number }>({
    text: `INSERT INTO plinth.sequence AS s (tenant_id, name, year, value) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, name, year) DO UPDATE SET value = s.value + 1 RETURNING value`,
    values: [work.context.tenantId, `${model.id}.${field.name}`, format.includes('{year}') ? year : 0, start],
  })
  const { value } = rows[0]!
  return format
    .replace('{year}', String(year))
    .replace(/\{n(?::(\d+))?\}/, (_, width?: string) => String(value).padStart(Number(width ?? 1), '0'))
}
