import type { Path, Report } from './point.ts'
import { dicts, text, texts, type Dict } from './reading.ts'

/**
 * Checks what entities or fields were called in the version before. A name that is still in use is no former one: its values would have
 * to go to two places.
 */
export function checkFormerNames<T>(
  things: ReadonlyMap<string, T>,
  path: Path,
  declarationOf: (thing: T) => Dict,
  kind: 'entity' | 'field',
  report: Report,
): void {
  const holders = new Map<string, string>()
  for (const [name, thing] of things) {
    const was = text(declarationOf(thing)['was'])
    if (was === undefined) continue
    const at = [...path, name, 'was']
    if (things.has(was)) {
      report(
        at,
        'was_in_use',
        `"${was}" is still ${kind === 'entity' ? 'an entity' : 'a field'}, so nothing was called that.`,
      )
      continue
    }
    const holder = holders.get(was)
    if (holder !== undefined) report(at, 'duplicate', `"${holder}" was called "${was}" already.`)
    else holders.set(was, name)
  }
}

/** Checks which values of the version before become which of this one. */
export function checkFormerValues(field: Dict, path: Path, report: Report): void {
  const values = dicts(field['values'])
  const known = new Set(values.map(([, each]) => text(each['value'])))
  const holders = new Set<string>()
  for (const [index, each] of values) {
    const own = new Set<string>()
    for (const [position, was] of texts(each['was'])) {
      // The schema has said so already.
      if (own.has(was)) continue
      own.add(was)
      const at = [...path, 'values', index, 'was', position]
      if (known.has(was)) report(at, 'was_in_use', `"${was}" is still a value, so it becomes no other.`)
      else if (holders.has(was)) report(at, 'duplicate', `"${was}" becomes another value already.`)
      holders.add(was)
    }
  }
}
