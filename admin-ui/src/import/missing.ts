import type { ImportColumn, ImportDocument, ImportTarget } from '@plinth/sdk'

/** Targets by name. */
export function targetOf(doc: ImportDocument, name: string | undefined): ImportTarget | undefined {
  return doc.targets.find((target) => target.name === name)
}

/** Assigned columns and values for all rows. */
export function assigned({ settings: { columns, constants } }: ImportDocument): readonly ImportColumn[] {
  return [...columns.filter((column) => column !== null), ...constants]
}

/** What new records need and nothing is assigned to, each field once. */
export function missingTargets(doc: ImportDocument): readonly ImportTarget[] {
  if (doc.settings.mode === 'update') return []
  const given = new Set(assigned(doc).map(({ target }) => targetOf(doc, target)?.field))
  const missing = new Map<string, ImportTarget>()
  for (const target of doc.targets)
    if (target.required && !given.has(target.field) && !missing.has(target.field))
      missing.set(target.field, target)
  return [...missing.values()]
}

/** Targets that more than one column goes to. */
export function repeatedTargets(doc: ImportDocument): ReadonlySet<string> {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const { target } of assigned(doc)) (seen.has(target) ? twice : seen).add(target)
  return twice
}

/** Where a further value for all rows goes at first: what is missing, or else what nothing goes to yet. */
export function nextTarget(doc: ImportDocument): ImportTarget | undefined {
  const taken = new Set(assigned(doc).map(({ target }) => targetOf(doc, target)?.field))
  const free = doc.targets.filter(({ matchOnly }) => !matchOnly)
  return missingTargets(doc)[0] ?? free.find(({ field }) => !taken.has(field)) ?? free[0]
}
