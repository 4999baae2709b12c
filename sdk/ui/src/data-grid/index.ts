/**
 * Records as tables: `<pl-data-grid>` for long, sortable, growing lists, `<pl-data-table>` for a few rows. Both draw
 * typed cells from `GridColumn`s and become cards where it is narrow. `fieldColumn` makes a column from an entity's field.
 *
 * @module
 */
export { isUnreadable, renderUnreadable } from './unreadable.ts'
export { cellStyles, cellText, cellValue, addressLine, isEmpty, renderCell } from './cell.ts'
export { fieldColumn, type CellKind, type GridColumn } from './column.ts'
export { fileAddress, fileIcon, isPicture } from './file-cell.ts'
export { selectAllBox, selectBox, selectionStyles, type Selection } from './selection.ts'
export { MaskedValue } from './masked-value.ts'
export { DataGrid } from './data-grid.ts'
export { DataTable } from './data-table.ts'
