export {
  DELIMITERS,
  EXPORT_FORMATS,
  EXPORT_LOCALES,
  parseExportQuery,
  type ExportQuery,
} from './export-query.ts'
export { exportHeaders, exportRecords, exportType } from './export-records.ts'
export { carryOutImport } from './carry-out-import.ts'
export { describeFile } from './describe-file.ts'
export { expireImports } from './expire-imports.ts'
export { MAX_FILE_BYTES } from './file-limits.ts'
export { importDocument } from './import-document.ts'
export type { ImportRecord } from './import-record.ts'
export { readSettings, settingProblems } from './import-settings.ts'
export { importTargets } from './import-target.ts'
export { ImportWorker } from './import-worker.ts'
export { NEXT_IMPORT } from './import-claims.ts'
export { ImportSeals } from './import-seal.ts'
export { Imports } from './imports.ts'
export { refusedFile } from './refused-file.ts'
export { writeCsv, type Cells } from './write-csv.ts'
export { CSV_DELIMITERS, ENCODINGS } from './text-format.ts'
