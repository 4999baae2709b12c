/** Longest name of a custom field. */
const LONGEST = 40

/** "Größe der Fläche (m²)" → `grosseDerFlacheM2` */
export function camelName(label: string): string {
  const words = fold(label).match(/[A-Za-z0-9]+/gu) ?? []
  const name = words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word[0]!.toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join('')
    .slice(0, LONGEST)
  return /^[a-z]/u.test(name) ? name : `field${name}`.slice(0, LONGEST)
}

/** "In Arbeit" → `in-arbeit` */
export function kebabName(label: string): string {
  const words = fold(label)
    .toLowerCase()
    .match(/[a-z0-9]+/gu) ?? ['value']
  return words.join('-').slice(0, 60).replace(/-$/u, '')
}

/** The name, or with a number behind it the first that is free. */
export function freeName(name: string, taken: (name: string) => boolean, separator = ''): string {
  if (!taken(name)) return name
  for (let number = 2; ; number += 1) {
    const next = `${name.slice(0, LONGEST - 4)}${separator}${number}`
    if (!taken(next)) return next
  }
}

function fold(text: string): string {
  return text.replaceAll('ß', 'ss').normalize('NFKD').replaceAll(/\p{M}/gu, '')
}
