export { listAudit, type AuditItem } from './list-audit.ts'
