const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether the value is an id in the form of RFC 9562. What is none names no record, and never reaches a cast in SQL. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}
