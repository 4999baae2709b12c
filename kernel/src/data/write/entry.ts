import type { Actor } from '@plinth/sdk'
import type { Statement } from '../pipeline.ts'
import { newId } from '../uuid.ts'
import { storeNotes, type Notes } from './notes.ts'

/** Who does something that is no change of a record, and where the wish came from. */
export interface Origin {
  readonly actor: Actor
  readonly requestId: string | null
  /** Address of the client, as far as it is known. */
  readonly address: string | null
  /** What the client calls itself. */
  readonly agent: string | null
}

/** The platform itself, when nobody has asked for what it does. */
export const BY_ITSELF: Origin = {
  actor: { kind: 'system', id: null, name: 'Plinth' },
  requestId: null,
  address: null,
  agent: null,
}

/** What has been done, or refused. Values of secrets have no place in it. */
export interface Entry {
  /** Subject and what happened to it, in the past tense, such as `member.invited`. */
  readonly action: string
  /** `platform.` and the subject's kind, such as `platform.member`; an entity where records were read. */
  readonly subjectType: string
  readonly subjectId: string
  readonly before?: unknown
  readonly after?: unknown
}

/**
 * Who answers for what an actor does, and what is noted of it: what somebody does who sees the workspace as a colleague is their own doing,
 * and the entry names both.
 */
export function answeredFor(
  actor: Actor,
  after: unknown,
): { readonly actorId: string | null; readonly after: unknown } {
  const { id, viewer } = actor
  return viewer
    ? { actorId: viewer.id, after: { ...(after as object | null), viewingAs: id } }
    : { actorId: id, after }
}

/** Stores the audit entry of a change the kernel makes to what is its own. To be run in the transaction of that change. */
export function storeEntry(tenantId: string, origin: Origin, entry: Entry): Statement {
  return storeEntries(tenantId, origin, [entry])!
}

/** The same for several at once, with what plugins are told of; undefined where there is nothing. */
export function storeEntries(
  tenantId: string,
  { actor, requestId, address, agent }: Origin,
  entries: readonly Entry[],
  told: Pick<Notes, 'events' | 'deliveries'> = { events: [], deliveries: [] },
): Statement | undefined {
  const at = new Date()
  const audit = entries.map(({ action, subjectType, subjectId, before = null, after = null }) => ({
    id: newId(),
    at,
    actorKind: actor.kind,
    ...answeredFor(actor, after),
    action,
    subjectType,
    subjectId,
    before,
    requestId,
    address,
    agent,
  }))
  return storeNotes(tenantId, { audit, ...told })
}
