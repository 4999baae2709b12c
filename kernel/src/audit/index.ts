export { noteRevealed, type Revealed } from './note-revealed.ts'
export { listAudit, type AuditItem } from './list-audit.ts'
export { noteRead, type SensitiveRead } from './note-read.ts'
