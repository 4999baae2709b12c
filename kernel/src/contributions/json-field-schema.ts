import { newAjv } from '../data/index.ts'
import type { Path, Report } from './point.ts'
import { dict } from './reading.ts'

/** Checks the JSON Schema of a field: it must compile, stand alone, and describe objects or lists. */
export function checkJsonSchema(schema: unknown, path: Path, report: Report): void {
  if (schema === undefined) return
  const type = dict(schema)['type']
  if (type !== 'object' && type !== 'array')
    return report([...path, 'type'], 'schema_invalid', 'The value must be an "object" or an "array".')
  const reference = findReference(schema)
  if (reference !== undefined) {
    const message = `The schema must stand alone, without "${reference}": it becomes part of others.`
    return report(path, 'schema_invalid', message)
  }
  try {
    newAjv().compile(dict(schema))
  } catch (error) {
    report(path, 'schema_invalid', `Not a JSON Schema that compiles: ${(error as Error).message}.`)
  }
}

/** A keyword that names this schema or leads out of it, wherever it stands. */
function findReference(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, each] of Object.entries(value)) {
    if (name.startsWith('$') && name !== '$comment') return name
    const inner = findReference(each)
    if (inner !== undefined) return inner
  }
  return undefined
}
