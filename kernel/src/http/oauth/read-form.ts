import type { HttpContext } from '../environment.ts'
import { readText } from '../read-json.ts'
import { OAuthRefusal } from './refusal.ts'

const TYPE = 'application/x-www-form-urlencoded'

/** The parameters of a form. None may stand there twice (RFC 6749, 3.2), and empty ones are as if they were not there. */
export async function readForm(c: HttpContext): Promise<ReadonlyMap<string, string>> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== TYPE) throw new OAuthRefusal('invalid_request', `The body must be ${TYPE}.`)
  return onlyOnce(new URLSearchParams(await readText(c.req.raw)))
}

/** @throws OAuthRefusal `invalid_request` when a parameter is repeated */
export function onlyOnce(given: URLSearchParams): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of given) {
    if (found.has(name)) throw new OAuthRefusal('invalid_request', `${name.slice(0, 50)} stands there twice.`)
    found.set(name, value)
  }
  return new Map([...found].filter(([, value]) => value !== ''))
}
