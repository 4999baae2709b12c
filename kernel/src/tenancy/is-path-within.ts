const MOST_CHARACTERS = 1_000

/**
 * Whether a text is an address within the workspace, to go on to after signing in: a path, and nothing a browser might take for another
 * site. What is not such an address must never become one by being completed or cleaned.
 */
export function isPathWithin(path: unknown): path is string {
  if (typeof path !== 'string' || path.length > MOST_CHARACTERS) return false
  // Browsers read backslashes as slashes, and leave tabs and line breaks out before they read anything.
  if (!path.startsWith('/') || /[\\\p{Cc}\p{Zl}\p{Zp}]/u.test(path)) return false
  const [before = ''] = path.split(/[?#]/)
  return !before.includes('//') && !/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(before)
}
