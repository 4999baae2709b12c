import { isStorable } from '../data/index.ts'
import { ScimError } from './scim-error.ts'

const COMPARISONS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const

export type Comparison = (typeof COMPARISONS)[number]

export type FilterValue = string | number | boolean | null

/** A filter of SCIM as a tree. Paths are in small letters, without the name of the core schema. */
export type ScimFilter =
  | { readonly kind: 'and' | 'or'; readonly of: readonly ScimFilter[] }
  | { readonly kind: 'not'; readonly of: ScimFilter }
  | { readonly kind: 'present'; readonly path: string }
  | {
      readonly kind: 'compare'
      readonly path: string
      readonly operator: Comparison
      readonly value: FilterValue
    }
  /** One value of several that is all of this. */
  | { readonly kind: 'some'; readonly path: string; readonly of: ScimFilter }

const MOST_CHARACTERS = 4_000
const MOST_COMPARISONS = 64
const MOST_LEVELS = 16

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?![\w.]))|([()[\]])|(\.?[A-Za-z$][\w$-]*(?:[.:][\w$-]+)*))/y

/**
 * Reads a filter (RFC 7644, section 3.4.2.2). What nests too deep or goes on too long is refused.
 *
 * @throws ScimError `invalidFilter`
 */
export function parseFilter(text: string): ScimFilter {
  if (text.length > MOST_CHARACTERS) throw fault(`A filter has at most ${MOST_CHARACTERS} characters.`)
  return new Parser(tokensOf(text)).whole()
}

/** A path without the name of the schema it is of, in small letters. */
export function plainPath(path: string): string {
  return path.replace(/^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/i, '').toLowerCase()
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const from = TOKEN.lastIndex
    const found = TOKEN.exec(text)
    if (!found) throw fault(`The filter is not understood from character ${from + 1} on.`)
    tokens.push(found[0].trim())
  }
  return tokens
}

class Parser {
  readonly #tokens: readonly string[]
  #at = 0
  #comparisons = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  whole(): ScimFilter {
    const filter = this.#alternatives(0)
    if (this.#at < this.#tokens.length) throw fault(`"${this.#tokens[this.#at]}" is not expected.`)
    return filter
  }

  #alternatives(level: number): ScimFilter {
    if (level > MOST_LEVELS) throw fault(`Filters nest at most ${MOST_LEVELS} levels.`)
    return this.#joined('or', () => this.#joined('and', () => this.#term(level)))
  }

  #joined(kind: 'and' | 'or', part: () => ScimFilter): ScimFilter {
    const of = [part()]
    while (this.#takes(kind)) of.push(part())
    return of.length === 1 ? of[0]! : { kind, of }
  }

  #term(level: number): ScimFilter {
    if (this.#takes('not')) {
      this.#expect('(')
      const of = this.#alternatives(level + 1)
      this.#expect(')')
      return { kind: 'not', of }
    }
    if (this.#takes('(')) {
      const of = this.#alternatives(level + 1)
      this.#expect(')')
      return of
    }
    const word = this.#next()
    if (!/^[A-Za-z$]/.test(word)) throw fault(`An attribute is expected, not "${word}".`)
    const path = plainPath(word)
    if (!this.#takes('[')) return this.#comparison(path)
    const within = this.#alternatives(level + 1)
    this.#expect(']')
    // What Microsoft Entra ID sends: emails[type eq "work"].value eq "…"
    const sub = this.#tokens[this.#at]
    if (!sub?.startsWith('.')) return { kind: 'some', path, of: within }
    this.#at += 1
    const last = this.#comparison(sub.slice(1).toLowerCase())
    return { kind: 'some', path, of: { kind: 'and', of: [within, last] } }
  }

  #comparison(path: string): ScimFilter {
    this.#comparisons += 1
    if (this.#comparisons > MOST_COMPARISONS)
      throw fault(`A filter compares at most ${MOST_COMPARISONS} times.`)
    const operator = this.#next().toLowerCase()
    if (operator === 'pr') return { kind: 'present', path }
    const known = COMPARISONS.find((each) => each === operator)
    if (!known) throw fault(`"${operator}" compares nothing.`)
    return { kind: 'compare', path, operator: known, value: valueOf(this.#next()) }
  }

  #next(): string {
    const token = this.#tokens[this.#at]
    if (token === undefined) throw fault('The filter ends too early.')
    this.#at += 1
    return token
  }

  #takes(token: string): boolean {
    if (this.#tokens[this.#at]?.toLowerCase() !== token) return false
    this.#at += 1
    return true
  }

  #expect(token: string): void {
    if (!this.#takes(token)) throw fault(`"${token}" is missing.`)
  }
}

function valueOf(token: string): FilterValue {
  if (token.startsWith('"')) {
    let value: unknown
    try {
      value = JSON.parse(token)
    } catch {
      throw fault(`${token} is no text.`)
    }
    if (typeof value === 'string' && isStorable(value)) return value
    throw fault('The text contains characters that cannot be stored.')
  }
  if (/^-?\d/.test(token)) return Number(token)
  const word = token.toLowerCase()
  if (word === 'true' || word === 'false') return word === 'true'
  if (word === 'null') return null
  throw fault(`"${token}" is no value: texts stand in quotes.`)
}

function fault(detail: string): ScimError {
  return new ScimError(400, 'invalidFilter', detail)
}
