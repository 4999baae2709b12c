/** Places where a text of some length could be cut in more than one way, and ways to go on. Each more multiplies the time. */
const MOST_VARIABLE = 2
const MOST_BRANCHES = 6

/** Parts of a pattern that are no sign of their own: escapes, sets of characters, and counts. */
const TOKEN = /\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\.|\[(?:\\.|[^\]\\])*\]|\{\d+(?:,\d*)?\}|./gsu

/**
 * What is wrong with a pattern that someone in a tenant wrote, or nothing. It is tried on the thread all tenants share, so a pattern that
 * could run for long is refused: no counts on groups, no look-around, no references back, few parts of variable length.
 */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > 200) return 'A pattern has at most 200 characters.'
  if (!compiles(pattern)) return 'This is no regular expression.'
  const tokens = pattern.match(TOKEN) ?? []
  if (/\(\?(?!:)/u.test(pattern)) return 'Groups are plain "(…)" or "(?:…)", without look-around and names.'
  if (tokens.some((token) => /^\\[1-9k]/u.test(token)))
    return 'A pattern cannot refer back to what it has found.'
  const counts = tokens.map((token) => /^(?:[*+?]|\{.*\})$/su.test(token))
  if (counts.some((count, index) => count && tokens[index - 1] === ')'))
    return 'A count cannot follow a group.'
  const variable = tokens.filter((token) => /^(?:[*+?]|\{\d+,\d*\})$/u.test(token)).length
  if (variable > MOST_VARIABLE) return `At most ${MOST_VARIABLE} parts may be of variable length.`
  if (tokens.filter((token) => token === '|').length > MOST_BRANCHES)
    return `At most ${MOST_BRANCHES + 1} alternatives are possible.`
  if (tokens.some((token) => Number(/^\{(\d+)/u.exec(token)?.[1] ?? 0) > 500))
    return 'A count is at most 500.'
  return undefined
}

/** The pattern for the whole value. */
export function whole(pattern: string): string {
  return `^(?:${pattern})$`
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}
