import type { ProblemError } from '@plinth/sdk'
import { isUuid, type ActionModel } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { ChosenRecord } from '../plugins/index.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * Takes `records: [{ id, version? }]` out of the body of an action that is carried out on several records.
 *
 * @throws Failure `validation_failed` naming everything that is wrong about them
 */
export function readChosen(
  { records: limits }: ActionModel,
  body: Json,
): { readonly records: readonly ChosenRecord[]; readonly input: Record<string, unknown> } {
  if (!limits) return { records: [], input: { ...body } }
  const { records: given, ...input } = body
  const errors: ProblemError[] = []
  const report = (pointer: string, code: string, detail: string): void =>
    void errors.push({ pointer: `/records${pointer}`, code, detail })
  if (given === undefined) report('', 'required', 'This value is needed.')
  else if (!Array.isArray(given)) report('', 'type', 'A list is needed here.')
  const rows: readonly unknown[] = Array.isArray(given) ? given : []
  if (Array.isArray(given) && rows.length < limits.min)
    report('', 'minItems', `At least ${limits.min} records are needed.`)
  if (rows.length > limits.max) report('', 'maxItems', `At most ${limits.max} records are accepted.`)
  const seen = new Set<string>()
  const records = rows.map((row, index): ChosenRecord => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      report(`/${index}`, 'type', 'An object is needed here.')
      return { id: '', version: undefined }
    }
    const { id, version, ...rest } = row as Json
    for (const name of Object.keys(rest))
      report(
        `/${index}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        'unknown',
        'There is no such field.',
      )
    if (id === undefined) report(`/${index}/id`, 'required', 'This value is needed.')
    else if (typeof id !== 'string' || !isUuid(id)) report(`/${index}/id`, 'format', 'An id is needed here.')
    else if (seen.has(id.toLowerCase())) report(`/${index}/id`, 'duplicate', 'The record stands here twice.')
    if (version !== undefined && !Number.isInteger(version))
      report(`/${index}/version`, 'type', 'The version is a whole number.')
    seen.add(String(id).toLowerCase())
    return { id: String(id).toLowerCase(), version: version as number | undefined }
  })
  if (errors.length > 0) throw new Failure('validation_failed', { errors })
  return { records, input }
}
