import type { HttpContext } from '../environment.ts'

/** Parts of an attribute by name, in small letters; null: all of it. */
type Parts = ReadonlySet<string> | null

const MOST_CHARACTERS = 4_000

/** Which attributes are wanted (RFC 7644, section 3.9), and which parts of them. Those always answered may not be left out. */
export class Selection {
  readonly #only: ReadonlyMap<string, Parts> | undefined
  readonly #without: ReadonlyMap<string, Parts>

  constructor(c: HttpContext) {
    const named = (name: string): string => (c.req.queries(name) ?? []).join(',')
    const only = named('attributes')
    this.#only = only.trim() === '' ? undefined : attributesIn(only)
    this.#without = attributesIn(named('excludedAttributes'))
  }

  /** Whether anything of an attribute is wanted. */
  has(name: string): boolean {
    const key = name.toLowerCase()
    return (this.#only?.has(key) ?? true) && this.#without.get(key) !== null
  }

  of(resource: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(resource).flatMap(([name, value]): [string, unknown][] => {
        if (name === 'id' || name === 'schemas') return [[name, value]]
        return this.has(name) ? [[name, this.#part(name.toLowerCase(), value)]] : []
      }),
    )
  }

  #part(key: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#part(key, each))
    if (typeof value !== 'object' || value === null) return value
    const only = this.#only?.get(key)
    const without = this.#without.get(key)
    const isWanted = (part: string): boolean => (only?.has(part) ?? true) && !without?.has(part)
    return Object.fromEntries(Object.entries(value).filter(([part]) => isWanted(part.toLowerCase())))
  }
}

/** Names as they are written in an address: with the name of a schema or without, and with a part behind a dot. */
function attributesIn(list: string): Map<string, Parts> {
  const found = new Map<string, Set<string> | null>()
  for (const each of list.slice(0, MOST_CHARACTERS).toLowerCase().split(',')) {
    const [name = '', ...rest] = each
      .trim()
      .replace(/^urn:.*:/, '')
      .split('.')
    if (name === '') continue
    const before = found.get(name)
    if (rest.length === 0 || before === null) found.set(name, null)
    else found.set(name, new Set([...(before ?? []), rest.join('.')]))
  }
  return found
}
