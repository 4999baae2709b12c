export { listAudit, type AuditItem } from './list-audit.ts'
export { noteRead, type SensitiveRead } from './note-read.ts'
