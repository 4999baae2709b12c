/** A hue that stays with a name, so that people and things are recognised by colour. 0 to 359. */
export function hueOf(name: string): number {
  let hash = 0
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  // Twelve steps are as many as can be told apart.
  return (hash % 12) * 30 + 10
}

const LEGAL_FORM = /^(GmbH|AG|SE|KG|OHG|UG|eG|e\.|K\.|V\.|Co\.?|&|mbH|gGmbH|Ltd\.?|Inc\.?)$/i

/** First letters of the first and the last word; the legal form of a company is no part of its name. */
export function initials(name: string): string {
  const all = name.trim().split(/\s+/).filter(Boolean)
  const words = all.filter((word, index) => index === 0 || !LEGAL_FORM.test(word))
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words
  const letters = chosen.map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 0x20))
  return letters.join('').trim().toLocaleUpperCase()
}
