/**
 * What spreadsheets take for the start of a formula or a command, behind any number of apostrophes: those must be distinguishable
 * from the one put before it.
 */
const RISKY = /^'*[=+\-@\t\r\n＝＋－＠]/

/** A cell that no spreadsheet evaluates: an apostrophe stands before what could be a formula. */
export function neutralise(cell: string): string {
  return RISKY.test(cell) ? `'${cell}` : cell
}

/** Takes the apostrophe away that `neutralise` has put there. */
export function restore(cell: string): string {
  return cell.startsWith("'") && RISKY.test(cell) ? cell.slice(1) : cell
}
