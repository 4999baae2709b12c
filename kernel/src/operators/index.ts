export { noteInJournal, noteOutcome, readJournal } from './journal.ts'
export { rootOperator, type Operator } from './operator.ts'
export { Operators, type NewOperator, type OperatorAccount } from './operators.ts'
export {
  platformPermissions,
  systemRoles,
  type PlatformPermission,
  type PlatformRole,
} from './platform-permissions.ts'
export { TenantAccesses, type AccessWish } from './tenant-accesses.ts'
