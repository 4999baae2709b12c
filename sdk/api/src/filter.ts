export type FilterOperator =
  | 'eq'
  | 'ne'
  | 'in'
  | 'nin'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'contains'
  | 'startsWith'
  | 'isNull'
  /** `geo`: within so many kilometres of a place, as `{ lat, lng, km }`. */
  | 'near'
  /** `money`: amounts in this currency. */
  | 'currency'

/** The value a field must equal, or operators it must meet, all of them. */
export type Condition = string | number | boolean | null | Readonly<Partial<Record<FilterOperator, unknown>>>

/**
 * Field conditions joined by *and*; `and`, `or` and `not` nest. The same language serves REST, plugin code and role conditions. Outside
 * of role conditions a key may also be `custom.<name>` for a field the tenant has added, or a path of at most three references and a field, by the names they are included under,
 * `custom.<name>.record` for what such a field leads to: `{ 'customer.ownerEmployee.lastName': 'Meyer' }` is met when there is such a record, which the actor may see, and it meets the condition.
 */
export interface Filter {
  readonly and?: readonly Filter[]
  readonly or?: readonly Filter[]
  readonly not?: Filter
  readonly [field: string]: Condition | readonly Filter[] | Filter | undefined
}
