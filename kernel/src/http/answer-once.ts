import { createHash } from 'node:crypto'
import { Failure } from '../errors.ts'
import {
  claimAnswer,
  storeAhead,
  storeAnswer,
  type RepeatableRequest,
  type StoredAnswer,
} from '../data/index.ts'
import type { Work } from '../plugins/index.ts'
import { answer } from './answer.ts'
import { orderOf, type HttpContext } from './environment.ts'
import { guardPlugin } from './guard-plugin.ts'
import type { HttpServices } from './services.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

/** An answer with a JSON body; without a body where there is no value. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): StoredAnswer {
  return value === undefined
    ? { status, headers, body: null }
    : { status, headers: { ...headers, ...JSON_TYPE }, body: JSON.stringify(value) }
}

type Answer = StoredAnswer & { readonly replayed?: true }

interface Changing {
  readonly plugin: string
  /** Database role. */
  readonly role: string | undefined
  /** The parsed body, undefined where there is none. */
  readonly body: unknown
  /** No plugin code runs: everything may leave in one flush. Default: no. */
  readonly plain?: boolean
}

/**
 * Carries out a changing request in one transaction. With the header Idempotency-Key the answer is stored in that same transaction:
 * whoever repeats the request gets it again, with `Idempotency-Replayed: true`, and nothing happens twice. Refusals store nothing.
 *
 * @throws Failure `idempotency_key_invalid` | `idempotency_mismatch` | `idempotency_in_progress`, and those of `task`
 */
export async function answerOnce(
  c: HttpContext,
  services: HttpServices,
  { plugin, role, body, plain = false }: Changing,
  task: (work: Work) => Promise<StoredAnswer>,
): Promise<Response> {
  const request = repeatable(c, body)
  const order = orderOf(c, role)
  const attempt = (ahead: boolean): Promise<Answer> =>
    services.workshop.run(order, async (work) => {
      if (!request) return task(work)
      const stored = ahead ? undefined : await claimAnswer(work.unit, request)
      if (stored) return { ...stored, replayed: true }
      const fresh = await task(work)
      const store = ahead ? storeAhead : storeAnswer
      store(work.unit, request, fresh)
      return fresh
    })
  const { replayed, ...stored } = await guardPlugin(c, services, plugin, () =>
    // Whatever goes wrong ahead is judged again in order: the answer may have been given long ago.
    request && plain ? attempt(true).catch(() => attempt(false)) : attempt(false),
  )
  const headers = replayed ? { ...stored.headers, 'idempotency-replayed': 'true' } : stored.headers
  return answer(c, stored.status, stored.body, headers)
}

function repeatable(c: HttpContext, body: unknown): RepeatableRequest | undefined {
  const key = c.req.method === 'GET' ? undefined : idempotencyKey(c)
  if (key === undefined) return undefined
  const rest = [new URL(c.req.url).search, c.req.header('if-match') ?? null, body ?? null]
  return {
    key,
    operation: `${c.req.method} ${c.req.path}`,
    bodyHash: createHash('sha256').update(JSON.stringify(rest)).digest('base64url'),
  }
}

/** @throws Failure `idempotency_key_invalid` */
export function idempotencyKey(c: HttpContext): string | undefined {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new Failure('idempotency_key_invalid', {
      detail: 'Idempotency-Key has 1 to 255 visible ASCII characters, best a UUID.',
    })
  return key
}
