import type { ProblemError } from '@plinth/sdk'

/**
 * JSON Pointers of the members that stand twice in an object. Parsers differ in which of them they take, so that what was checked here
 * could be something else there.
 *
 * @param text valid JSON
 * @param value what `JSON.parse` made of it, which has each name once
 */
export function repeatedMembers(text: string, value: unknown): string[] {
  return countWritten(text) === countRead(value) ? [] : locate(text)
}

/** What a request is told of such a member. */
export function repeatedAt(pointer: string): ProblemError {
  return { pointer, code: 'repeated', detail: 'This name stands twice in one object.' }
}

const QUOTE = 34
const COLON = 58
const BACKSLASH = 92

/** Members as they are written: outside of texts each has a colon. */
function countWritten(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at)
    if (sign === COLON) count += 1
    if (sign !== QUOTE) continue
    for (at += 1; text.charCodeAt(at) !== QUOTE; at += 1) if (text.charCodeAt(at) === BACKSLASH) at += 1
  }
  return count
}

/** Without recursion: nobody has looked yet how deep it is. */
function countRead(value: unknown): number {
  let count = 0
  const open = [value]
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (typeof each !== 'object' || each === null) continue
    const inner: unknown[] = Object.values(each)
    if (!Array.isArray(each)) count += inner.length
    for (const member of inner) if (typeof member === 'object' && member !== null) open.push(member)
  }
  return count
}

interface Frame {
  readonly pointer: string
  /** Names of an object so far; undefined in a list. */
  readonly names: Set<string> | undefined
  index: number
  name: string
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/gs

function locate(text: string): string[] {
  const found = new Set<string>()
  const frames: Frame[] = []
  let last = ''
  for (const [token] of text.matchAll(TOKENS)) {
    const frame = frames.at(-1)
    if (token === '{' || token === '[') {
      const names = token === '{' ? new Set<string>() : undefined
      frames.push({ pointer: frame ? here(frame) : '', names, index: 0, name: '' })
    } else if (token === '}' || token === ']') frames.pop()
    else if (token === ',' && frame) frame.index += 1
    else if (token === ':' && frame?.names) {
      frame.name = JSON.parse(last) as string
      if (frame.names.has(frame.name)) found.add(here(frame))
      frame.names.add(frame.name)
    }
    last = token
  }
  return [...found]
}

function here({ pointer, names, index, name }: Frame): string {
  return `${pointer}/${names ? name.replaceAll('~', '~0').replaceAll('/', '~1') : index}`
}
