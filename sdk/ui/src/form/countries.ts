interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string
  readonly name: string
}

/** Codes that have a name in every language but are no country one can live in. */
const NONE = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ', 'AC', 'CP', 'CQ', 'DG', 'EA', 'IC', 'TA'])

/** Names before a country was renamed or split; browsers still translate them to its successor. */
const FORMER = new Set([
  'AN',
  'BU',
  'CS',
  'DD',
  'DY',
  'FQ',
  'FX',
  'HV',
  'JT',
  'MI',
  'NH',
  'NQ',
  'NT',
  'PC',
  'PU',
  'PZ',
  'RH',
  'SU',
  'TP',
  'UK',
  'VD',
  'WK',
  'YD',
  'YU',
  'ZR',
])

const known = new Map<string, readonly Country[]>()

/** All countries with their names in a language, in its order. The browser knows the names; no list has to travel. */
export function countries(language: string): readonly Country[] {
  let found = known.get(language)
  if (!found) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
    const codes = letters.flatMap((first) => letters.map((second) => first + second))
    found = codes
      .filter((code) => !NONE.has(code) && !FORMER.has(code))
      .flatMap((code) => {
        const name = names.of(code)
        return name ? [{ code, name }] : []
      })
      .toSorted((a, b) => a.name.localeCompare(b.name, language))
    known.set(language, found)
  }
  return found
}
