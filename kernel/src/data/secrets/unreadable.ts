/** Key under which a record names its fields whose values cannot be read, as JSON pointers: `["/iban"]`. Their values are null. */
export const UNREADABLE = '_unreadable'

/** The same of values that can be read again when the key ring is complete. In what is read to be changed only. */
export const UNAVAILABLE = '_unavailable'

/** What stands for a token in an answer: JSON text, or why there is none. */
export type Opening = { readonly text: string } | { readonly missing: typeof UNREADABLE | typeof UNAVAILABLE }

/** Lets a number keep the digits it was written with. */
interface Exact {
  rawJSON(text: string): unknown
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown
}
const exact = JSON as unknown as Exact

/**
 * Replaces tokens in a JSON text where some do not open: each record says which of its values are missing. Slower than replacing text, and
 * needed only then.
 */
export function markMissing(json: string, openings: ReadonlyMap<string, Opening>): string {
  const marked = exact.parse(json, (_, value, { source }) => {
    if (typeof value === 'number') return exact.rawJSON(source!)
    if (typeof value === 'object' && value !== null) replaceIn(value as Record<string, unknown>, openings)
    return value
  })
  return JSON.stringify(marked)
}

function replaceIn(record: Record<string, unknown>, openings: ReadonlyMap<string, Opening>): void {
  const missing: Partial<Record<string, string[]>> = {}
  for (const [name, value] of Object.entries(record)) {
    const opening = typeof value === 'string' ? openings.get(value) : undefined
    if (!opening) continue
    record[name] = 'text' in opening ? parseExactly(opening.text) : null
    if ('missing' in opening) (missing[opening.missing] ??= []).push(`/${name}`)
  }
  Object.assign(record, missing)
}

function parseExactly(text: string): unknown {
  return exact.parse(text, (_, value, { source }) =>
    typeof value === 'number' ? exact.rawJSON(source!) : value,
  )
}
