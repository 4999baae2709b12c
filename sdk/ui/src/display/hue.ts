/** A hue that stays with a name, so that people and things are recognised by colour. 0 to 359. */
export function hueOf(name: string): number {
  let hash = 0
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  // Twelve steps are as many as can be told apart.
  return (hash % 12) * 30 + 10
}

/** First letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words
  const letters = chosen.map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 0x20))
  return letters.join('').trim().toLocaleUpperCase()
}
