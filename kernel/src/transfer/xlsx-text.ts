/** Characters XML cannot hold, or would change; and what looks like the form they are written in. */
const ODD = /[^\t\n\u0020-\ufffd]|_(?=x[0-9A-Fa-f]{4}_)/g

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it stands in a cell of SpreadsheetML: odd characters as `_x000D_`, see ECMA-376 part 1, 22.9.2.19. */
export function xmlText(text: string): string {
  return text
    .replaceAll(ODD, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign]!)
}

/** The text of a cell, its odd characters put back. */
export function plainText(text: string): string {
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
}

/** `A`, `Z`, `AA`: name of a column by its position from 0. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26) - 1
  return (rest >= 0 ? columnLetters(rest) : '') + String.fromCharCode(65 + (index % 26))
}

/** Position from 0 of the column in a cell's address such as `AB12`. */
export function columnIndex(address: string): number {
  let index = 0
  for (const sign of address) {
    const code = sign.charCodeAt(0) - 64
    if (code < 1 || code > 26) break
    index = index * 26 + code
  }
  return index - 1
}

const DAY_MS = 86_400_000
/** Excel believes in 29 February 1900; from March on its days count from here. */
const EPOCH = Date.UTC(1899, 11, 30)
const FIRST = Date.UTC(1900, 2, 1)

/** Days since the epoch of spreadsheets, or undefined for times before they agree on one. */
export function toSerial(time: number): number | undefined {
  return Number.isNaN(time) || time < FIRST ? undefined : (time - EPOCH) / DAY_MS
}

/** Milliseconds since 1970 of a serial number. */
export function fromSerial(serial: number): number {
  return Math.round(serial * DAY_MS) + EPOCH
}
