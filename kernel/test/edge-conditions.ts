/** Types whose values no condition names. */
export const NO_FILTER: ReadonlySet<string> = new Set(['address', 'json', 'file', 'tags', 'geo'])
export const ORDERED: ReadonlySet<string> = new Set(['int', 'decimal', 'date', 'datetime', 'money'])

/** Conditions that are true of a value. */
export function trueOf(type: string, value: unknown): unknown[] {
  if (type === 'tags') return (value as string[]).map((tag) => ({ contains: tag }))
  if (type === 'geo') return [{ near: { ...(value as object), km: 0 } }]
  if (NO_FILTER.has(type)) return [{ isNull: false }]
  const equal = [{ isNull: false }, { eq: value }, { in: [value] }]
  if (ORDERED.has(type)) return [...equal, { gte: value, lte: value }]
  return typeof value === 'string' && type !== 'enum'
    ? [...equal, { contains: value }, { startsWith: value }]
    : equal
}

/** Conditions that are not. */
export function falseOf(type: string, value: unknown): unknown[] {
  if (NO_FILTER.has(type)) return [{ isNull: true }]
  const different = [{ isNull: true }, { ne: value }, { nin: [value] }]
  return ORDERED.has(type) ? [...different, { gt: value }, { lt: value }] : different
}
