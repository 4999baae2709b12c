import { CONSOLE_PAGES } from '../../console-pages.ts'
import type { AuditFilter } from './audit-filter.ts'

/** Where the entries are shown that a filter leaves. */
export function auditAddress(filter: Partial<AuditFilter>): string {
  return `${CONSOLE_PAGES.audit.path}?${new URLSearchParams(filter)}`
}
