/** A value that an entry tells of. */
export interface Difference {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** What is different after a change: all values of what came or went, by name, those of added fields as `custom.<name>`. Versions say nothing to people. */
export function differences(before: unknown, after: unknown): readonly Difference[] {
  const [old, young] = [membersOf(before), membersOf(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(young)])]
    .filter((field) => field !== 'version' && wordsOf(old[field]) !== wordsOf(young[field]))
    .map((field) => ({ field, before: old[field], after: young[field] }))
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(value)) return {}
  const { custom, ...own } = value
  if (!isObject(custom)) return value
  return {
    ...own,
    ...Object.fromEntries(Object.entries(custom).map(([name, each]) => [`custom.${name}`, each])),
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as people read it. Nothing for what is empty. */
export function wordsOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Values people tell records apart by, where there is no more to go by than an entry. */
const NAMES = ['name', 'title', 'subject', 'label', 'number', 'lastName', 'email']

/** What something is called that these values are of; empty where they do not say. */
export function nameIn(values: unknown): string {
  const all = membersOf(values)
  const name = NAMES.map((each) => all[each]).find((each) => typeof each === 'string' && each !== '')
  return (name as string | undefined) ?? ''
}
