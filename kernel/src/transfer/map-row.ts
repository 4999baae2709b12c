import type { ImportSettings } from '@plinth/sdk'
import type { Target } from './import-target.ts'
import { nestCustom, pointerTo } from './field-value.ts'
import { usedColumns } from './import-settings.ts'
import { parseCell } from './parse-cell.ts'
import type { FileCell, FileRow } from './table-row.ts'

/** A column of the file, or a constant, and what it goes to. */
export interface Binding {
  /** Position in the file; null for a constant. */
  readonly index: number | null
  readonly target: Target
  /** How a label names a record. */
  readonly by: string | undefined
  /** Read in place of an empty cell. */
  readonly fallback: string | undefined
}

/** Why a cell was refused. */
export interface CellFault {
  readonly binding: Binding | undefined
  readonly pointer: string
  readonly code: string
  readonly detail: string
}

/** A row whose cells have been read. */
export interface MappedRow {
  readonly number: number
  /** Values by binding; what is empty has none. */
  readonly values: Map<Binding, unknown>
  readonly faults: CellFault[]
}

export function bindingsOf(settings: ImportSettings, targets: readonly Target[]): Binding[] {
  return usedColumns(settings).flatMap(({ column, index }) => {
    const target = targets.find(({ name }) => name === column.target)
    if (!target) return []
    return [{ index, target, by: column.by ?? target.by?.[0]?.name, fallback: column.text ?? column.default }]
  })
}

export function mapRow(row: FileRow, bindings: readonly Binding[], settings: ImportSettings): MappedRow {
  const values = new Map<Binding, unknown>()
  const faults: CellFault[] = []
  for (const binding of bindings) {
    const own = binding.index === null ? null : (row.cells[binding.index] ?? null)
    const cell: FileCell = own === null || own === '' ? (binding.fallback ?? null) : own
    if (cell === null || cell === '') continue
    const parsed = parseCell(binding.target, cell, settings)
    if ('value' in parsed) values.set(binding, parsed.value)
    else faults.push({ binding, pointer: pointerOf(binding.target), ...parsed })
  }
  return { number: row.number, values, faults }
}

/** Where the API would point for the target. */
function pointerOf({ field, part }: Target): string {
  return part === undefined || part === 'label' ? pointerTo(field) : `${pointerTo(field)}/${part}`
}

/**
 * The input of a write, from the values of a row. Fields of which nothing is given are left out, or emptied where empty cells say so.
 *
 * @param clear whether an empty cell empties the field
 */
export function inputOf(
  row: MappedRow,
  bindings: readonly Binding[],
  clear: boolean,
): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const binding of bindings) {
    const { field, part, matchOnly } = binding.target
    if (matchOnly) continue
    const value = row.values.get(binding)
    const { name } = field
    if (part === undefined || part === 'label') {
      if (value !== undefined) input[name] = merged(input[name], value)
      else if (clear && input[name] === undefined) input[name] = null
    } else if (value !== undefined) input[name] = merged(input[name], { [part]: value })
    else if (clear && input[name] === undefined) input[name] = null
  }
  for (const { target } of bindings) dropHalf(input, target)
  return nestCustom(input)
}

function merged(before: unknown, value: unknown): unknown {
  const both = [before, value].every(
    (each) => typeof each === 'object' && each !== null && !Array.isArray(each),
  )
  return both ? { ...(before as object), ...(value as object) } : value
}

/** A currency without an amount is nothing: files have it in every row. */
function dropHalf(input: Record<string, unknown>, { field }: Target): void {
  const value = input[field.name] as { amount?: unknown } | null | undefined
  if (field.declaration.type === 'money' && value && value.amount === undefined) delete input[field.name]
}
