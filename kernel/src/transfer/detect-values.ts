import type { ImportSettings } from '@plinth/sdk'

/**
 * Finds out how numbers and days are written in a file. Where the cells leave it open, a semicolon between them says German: `1.234` may be
 * either, `1234.567` and `0.125` may not.
 *
 * @param cells texts of the first rows
 */
export function detectValues(
  cells: readonly string[],
  german: boolean,
): Pick<ImportSettings, 'numbers' | 'dates'> {
  const count = (pattern: RegExp): number => cells.filter((cell) => pattern.test(cell.trim())).length
  const before = String.raw`^(?:[A-Z]{3}|[€$£¥])?\s*-?`
  const after = String.raw`\s*(?:[A-Z]{3}|[€$£¥])?$`
  const de = count(
    new RegExp(
      String.raw`${before}(\d{1,3}(\.\d{3})+,\d+|\d+,\d{1,2}|\d+,\d{4,}|(0|\d{4,}),\d{3}|\d{1,3}(\.\d{3}){2,})${after}`,
    ),
  )
  const en = count(
    new RegExp(
      String.raw`${before}(\d{1,3}(,\d{3})+\.\d+|\d+\.\d{1,2}|\d+\.\d{4,}|(0|\d{4,})\.\d{3}|\d{1,3}(,\d{3}){2,})${after}`,
    ),
  )
  const dotted = count(/^\d{1,2}\.\d{1,2}\.\d{4}\b/)
  const slashed = cells.flatMap((cell) => {
    const [, first, second] = /^(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b/.exec(cell.trim()) ?? []
    return first === undefined ? [] : [[Number(first), Number(second)] as const]
  })
  const dayFirst = slashed.filter(([first]) => first > 12).length
  const monthFirst = slashed.filter(([, second]) => second > 12).length
  const dates =
    dotted > 0 || dayFirst > monthFirst ? 'dmy' : slashed.length > 0 ? (german ? 'dmy' : 'mdy') : 'iso'
  return { numbers: de === en ? (german ? 'de' : 'en') : de > en ? 'de' : 'en', dates }
}
