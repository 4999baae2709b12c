export type { Database, TenantScope } from './database.ts'
export type { Statement, StoredEntries } from './pipeline.ts'
export type { Transaction } from './transaction.ts'
export { connectDatabase } from './connect-database.ts'
export { WrittenForElsewhere } from './places/enter.ts'
export {
  addressKey,
  COMMON_SCHEMA,
  CONTROL,
  LEVELS,
  MAIN_SERVER,
  sameDatabase,
  type DatabaseAddress,
  type Home,
  type Homes,
  type Level,
  type Place,
} from './places/home.ts'
export { DOOR } from './place-tables.ts'
export { Bus, type Notice } from './bus.ts'
export { Attempts, type AttemptLimit } from './attempts.ts'
export { answeredFor, BY_ITSELF, storeEntries, storeEntry, type Entry, type Origin } from './write/entry.ts'
export { entryMac, type EntryContent } from './audit/entry-mac.ts'
export { storeNotes } from './write/notes.ts'
export { NoticeCache } from './notice-cache.ts'
export { asAdmin } from './as-admin.ts'
export { loginPassword, prepareDatabase } from './prepare-database.ts'
export { APP_ROLE, pluginRole, roleIn } from './role-names.ts'
export { isUuid, newId } from './uuid.ts'
export { selfTest } from './self-test.ts'
export { countStatements, statementCount } from './statement-count.ts'
export {
  buildModels,
  type ChildrenModel,
  type EntityModel,
  type FieldModel,
  type Models,
  type TrashModel,
} from './model/entity-model.ts'
export { MOST_CHOSEN, pluginActions, type ActionModel } from './model/action-model.ts'
export { entityNamed } from './model/former-ids.ts'
export { queryFields, withCustomFields, type CustomField } from './model/custom-fields.ts'
export { isSortable } from './model/field-sql.ts'
export { literalDefault } from './model/field-columns.ts'
export { fileFields, filePlace } from './model/file-fields.ts'
export { newAjv } from './model/value-rules.ts'
export {
  createSchema,
  recordSchema,
  updateSchema,
  valueSchema,
  type JsonSchema,
} from './model/json-schema.ts'
export { searchSupport } from './search-support.ts'
export type { SearchSupport } from './schema/prepare-search.ts'
export { contractSchema, revertSchema } from './schema/contract-schema.ts'
export { installSchema, type Reach } from './schema/install-schema.ts'
export { settleVersions, type UpgradesByCode } from './evolution/settle-versions.ts'
export { withLateFields } from './evolution/late-fields.ts'
export { digestOf, modelsOfShape } from './evolution/plugin-shape.ts'
export {
  advance,
  beginAttempt,
  beginCheck,
  endUpgrade,
  enterTenants,
  fail,
  finish,
  holdUpgrade,
  MAX_ERRORS,
  openUpgrades,
  readLedger,
  tenantsToDo,
  type LedgerRow,
  type OpenUpgrade,
} from './evolution/ledger.ts'
export {
  beginBackfill,
  countRecords,
  findDuplicates,
  incompleteIds,
  markTrash,
  nextIds,
  upgradeRecords,
  type Batch,
} from './evolution/upgrade-batch.ts'
export { entitiesToVisit, type EntityUpgrade } from './evolution/upgrade-plan.ts'
export { compileAggregate, type AggregateRow } from './query/compile-aggregate.ts'
export { checkAggregate, parseAggregateQuery } from './query/parse-aggregate-query.ts'
export { compileGet } from './query/compile-get.ts'
export { compileField } from './query/compile-file.ts'
export { compileList } from './query/compile-list.ts'
export { readPage, type ListRow, type Page } from './query/page.ts'
export { compileNamed } from './query/compile-named.ts'
export { compileRowScope } from './query/compile-filter.ts'
export { compileOffers } from './query/compile-offers.ts'
export { compileJudgement } from './query/compile-judgement.ts'
export { compileLookup, type LookupRow } from './query/compile-lookup.ts'
export { filterValue } from './query/filter-value.ts'
export { filterFaults } from './query/filter-faults.ts'
export { inTimeZone, isRelativeTime } from './query/relative-time.ts'
export { uniqueSets } from './model/orm-schema.ts'
export { Cursors } from './query/cursor.ts'
export type { ListQuery } from './query/list-query.ts'
export { labelsOf, parseInclude } from './query/include.ts'
export {
  checkParameters,
  parseFields,
  parseFilter,
  parseListQuery,
  parseReveal,
  parseSearch,
  parseSort,
} from './query/parse-list-query.ts'
export type { ReadScope, RowScope, Unmasking } from './query/row-scope.ts'
export type { SqlValues } from './query/sql-values.ts'
export { KeyOperations, type KeyStatus } from './secrets/key-operations.ts'
export { TenantKeys } from './secrets/tenant-keys.ts'
export { withUnreadable } from './write/unreadable-values.ts'
export { UNREADABLE } from './secrets/unreadable.ts'
export { openSealed } from './secrets/open-sealed.ts'
export type { Secrets } from './secrets/secrets.ts'
export { hasBackslashName } from './query/backslash-name.ts'
export { repeatedAt, repeatedMembers } from './query/repeated-members.ts'
export { isStorable } from './query/storable.ts'
export { EntityValidator } from './write/validate-input.ts'
export { lookUpFiles } from './write/admit-files.ts'
export { allowed, lockRecord, type LockedRecord } from './write/lock-record.ts'
export { compileLock } from './write/lock-row.ts'
export { askQuestions, lockRecords } from './write/lock-records.ts'
export { maskFamily, maskRecord } from './write/masked-record.ts'
export { valueIn } from './write/custom-values.ts'
export { withCustomLabels } from './query/custom-labels.ts'
export { emptyRecord, withDefaults } from './write/record-parts.ts'
export { repointReferences } from './write/repoint.ts'
export { refreshCustomSearch } from './write/refresh-custom-search.ts'
export { pinpointed, RecordRefusal, type Look, type Unfinished } from './write/record-refusal.ts'
export { type Write, type WriteHooks } from './write/write.ts'
export { createRecord, deleteRecord, updateRecord } from './write/write-record.ts'
export { purgeable, purgeAll, purgeRecord, requireTrash, restoreRecord, TRASH_BATCH } from './write/trash.ts'
export { UnitOfWork, type LimitRuling, type WorkContext } from './write/unit-of-work.ts'
export { ANSWERS_KEPT_DAYS, expireAnswers } from './write/expire-answers.ts'
export {
  claimAnswer,
  storeAhead,
  storeAnswer,
  type RepeatableRequest,
  type StoredAnswer,
} from './write/idempotency.ts'
export { limitsOf, type LimitModel } from './model/limit-model.ts'
export { arrivalsIn, countAsThere, countLive, liveCount } from './write/growth.ts'
