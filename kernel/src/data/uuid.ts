const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether the text is an id in the form of RFC 9562. What is none names no record, and never reaches a cast in SQL. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}
