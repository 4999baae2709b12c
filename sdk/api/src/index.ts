/**
 * The public SDK of Plinth: what a plugin is written with, and nothing else.
 *
 * @module
 * @example
 * ```ts
 * import { defineManifest, definePlugin } from '@plinth/sdk'
 * export const manifest = defineManifest({ manifestVersion: 1, id: 'rooms', ... })
 * export const plugin = definePlugin(manifest, { hooks: { room: { beforeCreate: ({ input }) => input } } })
 * ```
 */
export type {
  ApiClientDocument,
  ApiClientKind,
  ApiKeyDocument,
  AuthorizationAnswer,
  ConnectedApp,
  NamedScope,
  ScopeGroup,
} from './api-access.ts'
export type {
  AssignableRole,
  InvitationDocument,
  MemberAccountDocument,
  MemberIdentityDocument,
  PasswordLinkDocument,
} from './member-accounts.ts'
export type { AuditField, AuditSubject, AuditWords } from './audit-words.ts'
export type { LimitDeclaration, LimitDocument, LimitTiers } from './limit.ts'
export { TIERS, tierIncludes, type Tier } from './tier.ts'
export { pick, type Text } from './text.ts'
export { defineManifest, type EntitiesOf, type Manifest } from './manifest.ts'
export { isMask, MASK_KINDS, MASKED_TYPES, maskOf, type MaskKind } from './mask.ts'
export { FIELD_TYPES, type FieldDeclaration, type FieldType } from './field.ts'
export type {
  ActionBase,
  ActionDeclaration,
  ActionField,
  ActionHandlers,
  ActionInput,
  ActionOutput,
  ActionsOf,
  ActionValues,
  CollectionActionNames,
  OutputField,
  PluginActionDeclaration,
  PluginActionHandlers,
  PluginActionsOf,
  RecordActionNames,
} from './action.ts'
export type { CheckCondition, CheckDeclaration, CheckFilter, CheckOperand } from './check.ts'
export type { ChildrenDeclaration, CreateChildren, UpdateChildren, WithChildren } from './children.ts'
export type { Calculation, Computed, Operand } from './computed.ts'
export {
  CUSTOM_FIELD_TYPES,
  type CustomEnumValue,
  type CustomFieldDocument,
  type CustomFieldInput,
  type CustomFieldType,
  type ExtensibleEntity,
} from './custom-field.ts'
export type { EntityDeclaration, EntityOperation, EnumValue, Tone } from './entity.ts'
export type { MoveDeclaration, Moved, TransitionsDeclaration } from './transitions.ts'
export type {
  DelegationDocument,
  DelegationInput,
  DelegationsDocument,
  DelegationState,
  PassedRole,
} from './delegation.ts'
export type { FeatureCard, FeatureDeclaration, FeatureNames, FeatureReason, FeatureState } from './feature.ts'
export type { PermissionDeclaration, RoleTemplate, RoleGrant } from './permission.ts'
export type {
  AccessExplanation,
  AccessReason,
  ConditionField,
  ExplainedGrant,
  FieldRule,
  GrantDelegation,
  ManifestSource,
  MemberRights,
  Named,
  PermissionHolder,
  PermissionHolders,
  PermissionWords,
} from './explanation.ts'
export type {
  ConditionInput,
  PermissionDocument,
  PermissionGroup,
  PermissionSubject,
  RoleDocument,
  RoleInput,
  RoleKind,
  RoleMember,
} from './role.ts'
export type { EventDeclaration, MemberOnboarded, PlinthEvent, SubscriptionDeclaration } from './event.ts'
export type { NavigationDeclaration, ScreenDeclaration, UiDeclaration } from './ui.ts'
export type { RouteDeclaration } from './route.ts'
export {
  DATE_BUCKETS,
  type AggregateGroup,
  type AggregateOptions,
  type AggregateResult,
  type DateBucket,
} from './aggregate.ts'
export type { Condition, Filter, FilterOperator } from './filter.ts'
export { CURRENCIES, currencyDigits } from './currency.ts'
export type {
  Address,
  CreateInput,
  CustomValues,
  FileInput,
  FileReference,
  Geo,
  JsonDocument,
  Money,
  RecordBase,
  RecordOf,
  UpdateInput,
} from './record.ts'
export type { Actor, EntityStore, FindOptions, ForeignStore, Host, HostFor, Log } from './host.ts'
export {
  definePlugin,
  type EntityHooks,
  type PluginDefinition,
  type PluginHandlers,
  type RouteRequest,
  type UpgradeHandler,
} from './plugin.ts'
export { sampler, type Sampler } from './sampler.ts'
export { dayIn, isTimeZone, momentOf, wallClock } from './time-zone.ts'
export { PluginProblem, type Problem, type ProblemError } from './problem.ts'
export type {
  NavigationItem,
  FactorAddedDocument,
  MailCodeDocument,
  SecondFactorDocument,
  SecondFactorMethod,
  SecondFactorsDocument,
  SessionDocument,
  SignInWay,
  SessionEntry,
  OperatorAccessDocument,
  ShellDocument,
  ShellEntity,
  ShellScreen,
  TenantDocument,
  TotpDocument,
  TrashMeta,
} from './shell.ts'
export type { ActionMeta, ChildrenMeta, EntityMeta, FieldMeta, OfferedActions } from './entity-meta.ts'
export type { AggregateAnswer, BulkAnswer, BulkResult, ListPage, TrashEmptied } from './http.ts'
export type {
  PlanStep,
  PluginCard,
  PluginPlan,
  PluginState,
  PluginUpgrade,
  UpgradeError,
} from './plugin-card.ts'
export type {
  ImportColumn,
  ImportDocument,
  ImportError,
  ImportOutcome,
  ImportRow,
  ImportRowPage,
  ImportSettings,
  ImportStatus,
  ImportTarget,
  ImportWay,
} from './transfer.ts'
export type {
  SignedOnDocument,
  OpenIdProviderDocument,
  SamlProviderDocument,
  SignOnCertificate,
  SignOnChoice,
  SignOnMapping,
  SignOnProfile,
  SignOnProviderDocument,
  ProvisioningDocument,
  ScimTokenDocument,
  SignOnRole,
  SignOnTestDocument,
  UnreachableReason,
} from './sign-on.ts'
export type {
  FindingSeverity,
  PolicyDifference,
  PolicyVersionDocument,
  SecurityBaselineDocument,
  SecurityFinding,
  SecurityReportDocument,
} from './security.ts'
