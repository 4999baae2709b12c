/**
 * A typed client of a Plinth workspace, for programs and pages.
 *
 * @module
 */
export { createClient, type ClientOptions, type PlinthClient } from './create-client.ts'
export { EntityClient, type BulkInput, type ChangeOptions, type Seen } from './entity-client.ts'
export type {
  AggregateOf,
  ChildrenOf,
  ConditionOf,
  FilterOf,
  IncludeOf,
  QueryOf,
  Reference,
  RowOf,
  SortOf,
  StateOf,
} from './entity-types.ts'
export { ApiProblem } from './api-problem.ts'
export { listQuery, type ListQuery } from './list-query.ts'
export {
  Transport,
  type Attempt,
  type CallOptions,
  type SendOptions,
  type TransportOptions,
} from './transport.ts'
