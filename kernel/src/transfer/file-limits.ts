/** Bytes of an uploaded file. */
export const MAX_FILE_BYTES = 50 * 1_048_576
/** Rows below the header. */
export const MAX_ROWS = 100_000
/** Rows an import carries out together or not at all. */
export const MAX_ATOMIC_ROWS = 5_000
/** Rows a sheet can have; what says it has more is no workbook. */
export const MAX_SHEET_ROWS = 1_048_576
/** Columns that are looked at. */
export const MAX_COLUMNS = 300
/** Characters of a cell: no field takes more. */
export const MAX_CELL = 200_000
/** Bytes a compressed part of a workbook may have when unpacked. */
export const MAX_SHEET_BYTES = 300 * 1_048_576
export const MAX_STRINGS_BYTES = 64 * 1_048_576
export const MAX_SMALL_PART_BYTES = 8 * 1_048_576
/** Parts of a workbook. */
export const MAX_ENTRIES = 2_000
/** Days an uploaded file and what became of its rows are kept. */
export const IMPORTS_KEPT_DAYS = 7
/** Imports kept of one member; older ones give way. */
export const IMPORTS_PER_ACTOR = 10
