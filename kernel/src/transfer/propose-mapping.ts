import type { ImportColumn } from '@plinth/sdk'
import { headerOf } from './export-records.ts'
import type { Target } from './import-target.ts'

/** Less alike than this is a coincidence. */
const LIKENESS = 0.72

/**
 * Proposes what each column becomes, by its header: names as exported, labels in any language, then what is written alike. Each
 * target once; an id is preferred to a label.
 *
 * @param sample cells of a column, to tell ids from names
 */
export function proposeMapping(
  headers: readonly string[],
  targets: readonly Target[],
  sample: (column: number) => readonly string[],
): (ImportColumn | null)[] {
  const columns = targets.map((target) => target.column)
  const names = targets.map((target) => ({
    target,
    exact: target.name,
    // The label of a reference's column is what people call the reference itself, so it stands for the name as well.
    alike: new Set(
      ['en', 'de']
        .flatMap((locale) => [headerOf(target.column, columns, locale), headerOf(target.column, [], locale)])
        .concat(target.name, ...plainLabels(target))
        .map(simple),
    ),
  }))
  const taken = new Set<string>()
  const found: (Target | undefined)[] = headers.map(() => undefined)
  const settle = (choose: (header: string, column: number) => Target | undefined): void => {
    for (const [column, header] of headers.entries()) {
      if (found[column] || header.trim() === '') continue
      const target = choose(header, column)
      if (!target || taken.has(target.name)) continue
      found[column] = target
      taken.add(target.name)
    }
  }
  const suits = (target: Target, column: number): boolean => {
    const isReference = target.field.target !== undefined || target.field.declaration.type === 'member'
    if (!isReference) return true
    const filled = sample(column).filter((cell) => cell !== '')
    return filled.length === 0 || filled.every(isId) === (target.part !== 'label')
  }
  settle((header) => names.find(({ exact }) => exact === header.trim())?.target)
  settle(
    (header, column) =>
      names.find(({ target, alike }) => alike.has(simple(header)) && suits(target, column))?.target,
  )
  settle((header, column) => {
    const [best] = names
      .filter(({ target }) => !taken.has(target.name) && suits(target, column) && !target.matchOnly)
      .map(({ target, alike }) => ({
        target,
        likeness: Math.max(
          ...[...alike]
            // That it is a field of the workspace says nothing about it: `custom.day` is not like `Customs`.
            .filter((name) => !target.field.custom || name !== simple(target.name))
            .map((name) => likeness(name, simple(header))),
        ),
      }))
      .toSorted((left, right) => right.likeness - left.likeness)
    return best && best.likeness >= LIKENESS ? best.target : undefined
  })
  const byId = new Set(found.flatMap((target) => (target && target.part === undefined ? [target.field] : [])))
  return found.map((target, column) => {
    if (!target || (target.part === 'label' && byId.has(target.field))) return null
    if (!target.by) return { target: target.name }
    const mails =
      target.by.some(({ name }) => name === 'email') && sample(column).some((cell) => cell.includes('@'))
    return { target: target.name, by: mails ? 'email' : target.by[0]!.name }
  })
}

function plainLabels({ part, field, column }: Target): string[] {
  const { label } = field.declaration
  if (part === undefined || part === 'label' || part === 'amount') return Object.values(label)
  // `Ort` alone is enough where a field has it as a part.
  return Object.values(column.label).flatMap((text) => /\(([^()]+)\)$/.exec(text)?.[1] ?? [])
}

function simple(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

/** Shared pairs of letters, from 0 to 1 (Sørensen and Dice). */
function likeness(left: string, right: string): number {
  if (left.length < 2 || right.length < 2) return 0
  const pairs = (text: string): string[] =>
    Array.from({ length: text.length - 1 }, (_, index) => text.slice(index, index + 2))
  const rest = pairs(right)
  const all = pairs(left).length + rest.length
  let shared = 0
  for (const pair of pairs(left)) {
    const at = rest.indexOf(pair)
    if (at < 0) continue
    rest.splice(at, 1)
    shared += 1
  }
  return (2 * shared) / all
}
