import { Failure } from '../errors.ts'
import { hasBackslashName, isStorable, repeatedAt, repeatedMembers } from '../data/index.ts'
import type { HttpContext } from './environment.ts'

/** Bodies beyond this are refused while they arrive. */
const MAX_BYTES = 1_048_576

/** Nesting beyond this is an attack: whoever walks through it runs out of stack. */
const MAX_DEPTH = 64

/**
 * Reads the JSON body of a request.
 *
 * @throws Failure `media_type_unsupported` | `body_too_large` | `body_invalid` | `text_invalid`
 */
export async function readJson(c: HttpContext): Promise<unknown> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/json' && !/^application\/[a-z.-]+\+json$/.test(type))
    throw new Failure('media_type_unsupported')
  const text = await readText(c.req.raw)
  if (hasBackslashName(text))
    throw new Failure('text_invalid', { detail: 'No name can be a single backslash.' })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Failure('body_invalid')
  }
  const errors = unstorable(value, '')
  if (errors.length > 0) throw new Failure('text_invalid', { errors })
  const repeated = repeatedMembers(text, value)
  if (repeated.length > 0)
    throw new Failure('body_invalid', {
      detail: 'A name stands twice in one object.',
      errors: repeated.map(repeatedAt),
    })
  return value
}

/** The same, with an object demanded. */
export async function readObject(c: HttpContext): Promise<Record<string, unknown>> {
  const value = await readJson(c)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Failure('validation_failed', {
      errors: [{ pointer: '', code: 'type', detail: 'An object is needed here.' }],
    })
  }
  return value as Record<string, unknown>
}

/** Refuses members of a body that nobody asked for. @throws Failure `validation_failed` */
export function refuseUnknown(rest: Readonly<Record<string, unknown>>): void {
  const errors = Object.keys(rest).map((name) => ({
    pointer: `/${name}`,
    code: 'unknown',
    detail: 'There is no such field.',
  }))
  if (errors.length > 0) throw new Failure('validation_failed', { errors })
}

/** The body as text, up to the size that is taken. @throws Failure `body_too_large` | `body_invalid` */
export async function readText(request: Request): Promise<string> {
  const announced = request.headers.get('content-length') ?? undefined
  if (Number(announced ?? 0) > MAX_BYTES) throw new Failure('body_too_large')
  const bytes = announced === undefined ? await gather(request) : await request.arrayBuffer()
  if (bytes.byteLength > MAX_BYTES) throw new Failure('body_too_large')
  try {
    return utf8.decode(bytes)
  } catch {
    throw new Failure('body_invalid', { detail: 'The body is not valid UTF-8.' })
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A body of unknown length, which is given up as soon as it is too long. */
async function gather(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_BYTES) throw new Failure('body_too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function unstorable(
  value: unknown,
  pointer: string,
  depth = 0,
): { pointer: string; code: string; detail: string }[] {
  if (depth > MAX_DEPTH)
    throw new Failure('body_invalid', { detail: `Values nest at most ${MAX_DEPTH} levels.` })
  if (typeof value === 'string')
    return isStorable(value)
      ? []
      : [{ pointer, code: 'characters', detail: 'NUL and lone surrogates cannot be stored.' }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => [
    ...(isStorable(name)
      ? []
      : [
          { pointer, code: 'characters', detail: 'A member name contains characters that cannot be stored.' },
        ]),
    ...unstorable(each, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1),
  ])
}
