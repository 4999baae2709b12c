import type { EntityOutline } from './outline.ts'
import type { Path, Report } from './point.ts'
import { list } from './reading.ts'
import { closed } from './vocabulary.ts'

/** One schema for both forms, because a choice of two explains faults badly. */
export const softDeleteSchema = {
  ...closed({ keepDays: { type: 'integer', minimum: 1, maximum: 3_650 } }, ['keepDays']),
  type: ['boolean', 'object'],
}

/** Checks that there is a way into the trash: who cannot delete needs none. */
export function checkSoftDelete({ declaration }: EntityOutline, path: Path, report: Report): void {
  const { softDelete, operations } = declaration
  if (softDelete === undefined) return
  if (softDelete === false) report([...path, 'softDelete'], 'value', 'Must be true, or leave it out.')
  else if (operations !== undefined && !list(operations).includes('delete'))
    report([...path, 'softDelete'], 'option_conflict', 'Records that cannot be deleted need no trash.')
}
