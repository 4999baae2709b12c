import type { ImportColumn, ImportSettings, ProblemError } from '@plinth/sdk'
import { fileFields, type EntityModel } from '../data/index.ts'
import { MAX_CELL } from './file-limits.ts'
import { matchFields, type Target } from './import-target.ts'
import { isZone } from './parse-time.ts'
import { CSV_DELIMITERS, ENCODINGS } from './text-format.ts'

type Json = Readonly<Record<string, unknown>>
type Report = (pointer: string, code: string, detail: string) => void

const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  encoding: ENCODINGS,
  delimiter: CSV_DELIMITERS,
  mode: ['create', 'update', 'upsert'],
  empty: ['keep', 'clear'],
  numbers: ['de', 'en'],
  dates: ['iso', 'dmy', 'mdy'],
  atomic: [true, false],
}

/** Reads changes of settings. What is wrong about their shape is reported by pointer. */
export function readSettings(
  body: Json,
  targets: readonly Target[],
  report: Report,
): Partial<ImportSettings> {
  const { match, columns, constants, timeZone, sheet, ...rest } = body
  for (const [name, value] of Object.entries(rest)) {
    const choices = CHOICES[name]
    if (!choices) report(`/${name}`, 'unknown', 'There is no such setting.')
    else if (!choices.includes(value))
      report(`/${name}`, 'enum', `One of: ${choices.map((each) => JSON.stringify(each)).join(', ')}.`)
  }
  if (sheet !== undefined && typeof sheet !== 'string') report('/sheet', 'type', 'A text is needed here.')
  if (match !== undefined && match !== null && typeof match !== 'string')
    report('/match', 'type', 'The name of a field is needed here.')
  if (timeZone !== undefined && (typeof timeZone !== 'string' || !isZone(timeZone)))
    report('/timeZone', 'enum', 'There is no such time zone.')
  readList(columns, 'columns', report, (value, pointer) => {
    if (value !== null) readColumn(value, pointer, targets, report, ['target', 'by', 'default'])
  })
  readList(constants, 'constants', report, (value, pointer) =>
    readColumn(value, pointer, targets, report, ['target', 'by', 'text']),
  )
  return body
}

function readList(
  value: unknown,
  name: string,
  report: Report,
  each: (value: unknown, pointer: string) => void,
): void {
  if (value === undefined) return
  if (!Array.isArray(value) || value.length > 1_000)
    return report(`/${name}`, 'type', 'A list is needed here.')
  for (const [index, member] of value.entries()) each(member, `/${name}/${index}`)
}

function readColumn(
  value: unknown,
  pointer: string,
  targets: readonly Target[],
  report: Report,
  known: readonly string[],
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return report(pointer, 'type', 'An object is needed here.')
  const { target, by } = value as Json
  for (const [name, member] of Object.entries(value)) {
    if (!known.includes(name)) report(`${pointer}/${name}`, 'unknown', 'There is no such setting.')
    else if (typeof member !== 'string' || member.length > MAX_CELL)
      report(`${pointer}/${name}`, 'type', 'A text is needed here.')
  }
  const found = targets.find((each) => each.name === target)
  if (!found)
    report(
      `${pointer}/target`,
      'enum',
      'There is nothing of this name to import to. Files of records cannot be imported.',
    )
  else if (by !== undefined && !found.by?.some(({ name }) => name === by))
    report(`${pointer}/by`, 'enum', `One of: ${(found.by ?? []).map(({ name }) => name).join(', ')}.`)
}

/** What keeps settings that are well formed from being carried out. */
export function settingProblems(
  model: EntityModel,
  settings: ImportSettings,
  targets: readonly Target[],
): ProblemError[] {
  const problems: ProblemError[] = []
  const report: Report = (pointer, code, detail) => void problems.push({ pointer, code, detail })
  const used = usedColumns(settings)
  const names = new Set<string>()
  for (const { column, pointer } of used) {
    if (names.has(column.target))
      report(`${pointer}/target`, 'repeated', 'Another column goes there already.')
    names.add(column.target)
  }
  const given = targets.filter((target) => names.has(target.name))
  const fields = new Set(given.map((target) => target.field))
  if (fields.size === 0) report('/columns', 'required', 'No column is assigned yet.')
  if (settings.mode !== 'update') {
    const missing = new Set(
      targets
        .filter((target) => target.required && !fields.has(target.field))
        .map((target) => target.field.name),
    )
    for (const name of missing) report('/columns', 'required', `${name} is needed for new records.`)
    for (const { name, declaration } of fileFields(model))
      if (declaration.required)
        report('/columns', 'file', `New records need a file as ${name}, and files cannot be imported.`)
  }
  if (settings.mode !== 'create') {
    const match = matchFields(model).find((field) => field.name === settings.match)
    if (!match) report('/match', 'required', 'Say by which field records are found.')
    else if (!names.has(match.name)) report('/match', 'column', `No column is assigned to ${match.name}.`)
  }
  return problems
}

/** Assigned columns and constants with their pointers. */
export function usedColumns({ columns, constants }: ImportSettings): {
  readonly column: ImportColumn & { readonly text?: string }
  readonly index: number | null
  readonly pointer: string
}[] {
  return [
    ...columns.flatMap((column, index) => (column ? [{ column, index, pointer: `/columns/${index}` }] : [])),
    ...constants.map((column, index) => ({ column, index: null, pointer: `/constants/${index}` })),
  ]
}
