import type { FieldModel } from '../data/index.ts'

type Values = Readonly<Record<string, unknown>>

/*
 * Files know a field the tenant has added by its name, `custom.region`; records have it in a member of their own, where pointers lead:
 * `/custom/region`. Names of declared fields have no dots.
 */

/** JSON Pointer of a field. */
export function pointerTo({ name }: FieldModel): string {
  return `/${name.replace('.', '/')}`
}

/** Name of the field a pointer leads to, or into, and the part of its value. */
export function fieldAt(pointer: string): { readonly name: string; readonly part: string | undefined } {
  const [, first = '', second, third] = pointer.split('/')
  return first === 'custom' && second !== undefined
    ? { name: `${first}.${second}`, part: third }
    : { name: first, part: second }
}

/** Values by the names of their fields as a request gives them. */
export function nestCustom(values: Values): Record<string, unknown> {
  const isOwn = ([name]: [string, unknown]): boolean => !name.startsWith('custom.')
  const entries = Object.entries(values)
  const custom = entries.filter((entry) => !isOwn(entry))
  if (custom.length === 0) return { ...values }
  return {
    ...Object.fromEntries(entries.filter(isOwn)),
    custom: Object.fromEntries(custom.map(([name, value]) => [name.slice('custom.'.length), value])),
  }
}
