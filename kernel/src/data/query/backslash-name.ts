const NAME = /"(?:\\\\|\\u005[cC])"\s*:/

/**
 * Whether a member of a JSON text is called by a single backslash. Once the parser of Node 24 (V8 13.6) has met such an object, it takes any name
 * that is one escaped sign, such as a quotation mark, for a backslash in its place: in texts of others too. So it never gets to meet one.
 */
export function hasBackslashName(text: string): boolean {
  return text.includes('\\') && NAME.test(text)
}
