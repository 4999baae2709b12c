export {
  DELIMITERS,
  EXPORT_FORMATS,
  EXPORT_LOCALES,
  parseExportQuery,
  type ExportQuery,
} from './export-query.ts'
export { exportHeaders, exportRecords } from './export-records.ts'
