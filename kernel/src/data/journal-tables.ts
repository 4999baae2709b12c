import { PLATFORM_ROLE } from './role-names.ts'

/** What came of something an operator set about, and what was set by it: the entry is there before. */
export const journalOutcomes = `
  ALTER TABLE plinth.operator_journal ADD COLUMN status int;
  GRANT UPDATE (status, details) ON plinth.operator_journal TO ${PLATFORM_ROLE};`
