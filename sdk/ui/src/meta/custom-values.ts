import type { AnyRecord } from '../api/client.ts'

const PREFIX = 'custom.'

type Values = Readonly<Record<string, unknown>>

/**
 * A record with the fields the workspace has added beside the others, under the names the metadata has for them: `custom.region`.
 *
 * @param lists collections of children that came along, whose records are shown alike
 */
export function withCustomValues<R extends AnyRecord>(record: R, lists: readonly string[] = []): R {
  const { custom } = record as { readonly custom?: Values | null }
  const own = typeof custom === 'object' && custom !== null ? Object.entries(custom) : []
  const children = lists.flatMap((name) => {
    const rows = (record as Values)[name] as readonly AnyRecord[] | undefined
    return rows ? [[name, rows.map((row) => withCustomValues(row))] as const] : []
  })
  if (own.length === 0 && children.length === 0) return record
  const flat = own.map(([name, value]) => [`${PREFIX}${name}`, value] as const)
  return { ...record, ...Object.fromEntries([...flat, ...children]) }
}

/**
 * Values by the names of the metadata as they are sent: `custom.region` as member `region` of `custom`.
 *
 * @param lists collections of children among them
 */
export function nestCustomValues(values: Values, lists: readonly string[] = []): Record<string, unknown> {
  const entries = Object.entries(values).map(([name, value]) => {
    const isList = lists.includes(name) && Array.isArray(value)
    return [name, isList ? value.map((each: Values) => nestCustomValues(each)) : value] as const
  })
  const custom = entries.filter(([name]) => name.startsWith(PREFIX))
  if (custom.length === 0) return Object.fromEntries(entries)
  return {
    ...Object.fromEntries(entries.filter(([name]) => !name.startsWith(PREFIX))),
    custom: Object.fromEntries(custom.map(([name, value]) => [name.slice(PREFIX.length), value])),
  }
}
