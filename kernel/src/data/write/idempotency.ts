import { Failure } from '../../errors.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** A request that its sender may repeat without repeating what it does. */
export interface RepeatableRequest {
  /** Chosen by the sender; means something for this actor only. */
  readonly key: string
  /** Method and path. */
  readonly operation: string
  /** Hash of everything else that decides about the outcome. */
  readonly bodyHash: string
}

/** An answer as it was given. */
export interface StoredAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/**
 * Reserves a key until the transaction ends, and looks up the answer that was given under it before. Who comes second while the first
 * still works is refused instead of made to wait: repeated requests must not hold all the connections there are.
 *
 * @returns the stored answer, or undefined when the request is to be carried out now
 * @throws Failure `idempotency_in_progress` | `idempotency_mismatch`
 */
export async function claimAnswer(
  work: UnitOfWork,
  request: RepeatableRequest,
): Promise<StoredAnswer | undefined> {
  const { context } = work
  const [row] = await work.run<
    StoredAnswer & { claimed: boolean; operation: string | null; bodyHash: string }
  >({
    name: 'plinth_idempotency',
    text: `SELECT c.claimed, i.operation, i.body_hash AS "bodyHash", i.status, i.headers, i.body
        FROM (SELECT pg_try_advisory_xact_lock(hashtextextended($4, 0)) AS claimed) c
        LEFT JOIN plinth.idempotency i ON i.tenant_id = $1 AND i.actor = $2 AND i.key = $3`,
    values: [context.tenantId, actorOf(context), request.key, lockName(context, request.key)],
  })
  const { claimed, operation, bodyHash, status, headers, body } = row!
  if (operation === null) {
    if (!claimed) throw new Failure('idempotency_in_progress')
    return undefined
  }
  if (operation !== request.operation || !isHashOf(context, request, bodyHash))
    throw new Failure('idempotency_mismatch')
  if (body === null || !context.secrets) return { status, headers, body }
  return { status, headers, body: await context.secrets.openAnswer(body, placeOf(context, request.key)) }
}

/** Another request has come under this key, or is still under way. */
export class KeyTaken extends Error {
  override readonly name = 'KeyTaken'
}

/** Stores the answer with the change it tells of. The commit fails with `idempotency_in_progress` when another request was quicker. */
export function storeAnswer(work: UnitOfWork, request: RepeatableRequest, answer: StoredAnswer): void {
  work.insert(TABLE, rowOf(work.context, request, answer), (error) =>
    // The look-up saw the world of before the lock: the first request ended in between.
    isDuplicate(error) ? new Failure('idempotency_in_progress', { cause: error }) : error,
  )
}

/**
 * Reserves the key and stores the answer at once, before anything that was changed for it: where the key is taken, the transaction fails
 * with `KeyTaken` as soon as it is sent, and is to be run again after `claimAnswer`. For transactions in which no plugin code could come to
 * see the failure.
 */
export function storeAhead(work: UnitOfWork, request: RepeatableRequest, answer: StoredAnswer): void {
  const { context } = work
  const row = rowOf(context, request, answer)
  const { tenant_id, actor, key, operation, body_hash, status, headers, body } = row
  const values = [tenant_id, actor, key, operation, body_hash, status, JSON.stringify(headers), body]
  work.first(
    { name: 'plinth_store_ahead', text: STORE_AHEAD, values: [...values, lockName(context, request.key)] },
    (error) => (isDuplicate(error) || (error as { code?: string }).code === 'PL001' ? new KeyTaken() : error),
  )
}

const TABLE = 'plinth.idempotency'

const STORE_AHEAD = `INSERT INTO ${TABLE} (tenant_id, actor, key, operation, body_hash, status, headers, body)
  SELECT $1::uuid, $2, $3, $4, $5, $6::int, $7::jsonb, $8
  WHERE pg_try_advisory_xact_lock(hashtextextended($9, 0)) OR plinth.refuse_key()`

function isDuplicate(error: unknown): boolean {
  return (error as { code?: string }).code === '23505'
}

function rowOf(context: Sender, request: RepeatableRequest, answer: StoredAnswer) {
  const { body } = answer
  return {
    tenant_id: context.tenantId,
    actor: actorOf(context),
    key: request.key,
    operation: request.operation,
    body_hash: hashOf(context, request),
    ...answer,
    // An answer may hold what is encrypted in its table.
    body: body && (context.secrets?.sealAnswer(body, placeOf(context, request.key)) ?? body),
  }
}

type Sender = UnitOfWork['context']

function actorOf({ actor }: Sender): string {
  return `${actor.kind}:${actor.id ?? ''}`
}

/** Without the tenant's key no one can try which values a request may have had. */
function hashOf({ secrets }: Sender, { bodyHash }: RepeatableRequest): string {
  return secrets?.digestIfAny(bodyHash, 'idempotency') ?? bodyHash
}

function isHashOf({ secrets }: Sender, { bodyHash }: RepeatableRequest, kept: string): boolean {
  return secrets?.isDigest(kept, bodyHash, 'idempotency') ?? kept === bodyHash
}

function placeOf(sender: Sender, key: string): string {
  return `idempotency|${actorOf(sender)}|${key}`
}

function lockName(sender: Sender, key: string): string {
  return `idempotency ${sender.tenantId} ${actorOf(sender)} ${key}`
}
