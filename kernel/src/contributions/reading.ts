/** A JSON object whose shape has not been checked, or not successfully. */
export type Dict = Readonly<Record<string, unknown>>

const NOTHING: Dict = Object.freeze({})

/** The value as an object; an empty one where it is anything else. Ask it for fixed names only, see `entriesOf`. */
export function dict(value: unknown): Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Dict) : NOTHING
}

/** The value as a list without holes; an empty one where it is anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? Array.from(value) : []
}

/** The value as text, or undefined where it is anything else. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The value as a finite number, or undefined where it is anything else. */
export function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** The texts of a list with their positions; items of another type are left to the schema. */
export function texts(value: unknown): (readonly [index: number, text: string])[] {
  return list(value).flatMap((item, index) => (typeof item === 'string' ? [[index, item] as const] : []))
}

/** The objects of a list with their positions. Items of another type read as empty. */
export function dicts(value: unknown): (readonly [index: number, item: Dict])[] {
  return list(value).map((item, index) => [index, dict(item)] as const)
}

/**
 * The entries of an object under names its author chose. A map, because looking such a name up in the object itself
 * would find `constructor` and `toString` in every manifest.
 */
export function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(dict(value)))
}
