import type {
  ActionInput,
  ActionOutput,
  ActionsOf,
  AggregateAnswer,
  BulkAnswer,
  CollectionActionNames,
  CreateChildren,
  CreateInput,
  EntityDeclaration,
  FileReference,
  ListPage,
  OfferedActions,
  RecordActionNames,
  RecordOf,
  UpdateChildren,
  UpdateInput,
  WithChildren,
} from '@plinth/sdk'
import { ApiProblem } from './api-problem.ts'
import type {
  AggregateOf,
  ChildrenOf,
  Entities,
  FileFieldOf,
  IncludeOf,
  QueryOf,
  RowOf,
  StateOf,
} from './entity-types.ts'
import { listQuery } from './list-query.ts'
import { newIdempotencyKey } from './retry-delay.ts'
import type { CallOptions, Transport } from './transport.ts'

export interface ChangeOptions extends CallOptions {
  /** Default: a new one for each call, so that a lost answer never makes a second record. */
  readonly idempotencyKey?: string
}

/** Many changes in one request. */
export interface BulkInput<E extends EntityDeclaration, All extends Entities = {}> {
  readonly create?: readonly (CreateInput<E> & CreateChildren<E, All>)[]
  readonly update?: readonly {
    readonly id: string
    readonly version: number
    readonly changes: UpdateInput<E> & UpdateChildren<E, All>
  }[]
  readonly delete?: readonly { readonly id: string; readonly version?: number }[]
  /** Back from the trash, where the entity has one. */
  readonly restore?: readonly { readonly id: string }[]
  /** Out of the trash, for good. */
  readonly purge?: readonly { readonly id: string }[]
  /** All rows or none. Default: each row by itself. */
  readonly atomic?: boolean
}

/** A record one has read: which one, and as of when. */
export interface Seen {
  readonly id: string
  readonly version: number
}

/** A record, and with `version` as of when. */
export interface ChosenRecord {
  readonly id: string
  readonly version?: number
}

type RecordAnswer<E extends EntityDeclaration, A> = A extends { readonly output: object }
  ? ActionOutput<A>
  : RecordOf<E> | undefined

/** What an action on a collection is told, with the records it is carried out on, where there are such. */
type CollectionInput<A> = ActionInput<A> &
  (A extends { readonly records: true | object } ? { readonly records: readonly ChosenRecord[] } : unknown)

/** The records of one entity. Every method rejects with `ApiProblem`. */
export class EntityClient<const E extends EntityDeclaration, All extends Entities = {}> {
  readonly #transport: Transport
  readonly #path: string
  readonly #stateField: string | undefined

  /** @param path below `/api/v1`, e.g. `crm/customers` */
  constructor(transport: Transport, path: string, stateField?: string) {
    this.#transport = transport
    this.#path = `/${path}`
    this.#stateField = stateField
  }

  /** One page. `next` is the `cursor` of the following one; `total` comes with `count`. */
  list<
    I extends IncludeOf<E> | ChildrenOf<E> = never,
    F extends keyof RecordOf<E> & string = keyof RecordOf<E> & string,
  >(
    query: QueryOf<E, I, F> & { readonly cursor?: string | undefined; readonly count?: boolean } = {},
    options: CallOptions = {},
  ): Promise<ListPage<RowOf<E, I, F, All>>> {
    return this.#transport.send('GET', this.#path + listQuery(query), options)
  }

  /** Every record that meets the query, page by page as they are asked for. */
  async *all<
    I extends IncludeOf<E> | ChildrenOf<E> = never,
    F extends keyof RecordOf<E> & string = keyof RecordOf<E> & string,
  >(
    query: QueryOf<E, I, F> = {},
    options: CallOptions = {},
  ): AsyncGenerator<RowOf<E, I, F, All>, void, undefined> {
    let cursor: string | undefined
    do {
      const page: ListPage<RowOf<E, I, F, All>> = await this.list({ ...query, cursor }, options)
      yield* page.items
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
  }

  get<I extends IncludeOf<E> | ChildrenOf<E> = never>(
    id: string,
    { include, ...options }: CallOptions & { readonly include?: readonly I[] } = {},
  ): Promise<RowOf<E, I, keyof RecordOf<E> & string, All>> {
    return this.#transport.send('GET', `${this.#one(id)}${listQuery({ include })}`, options)
  }

  /** Creates a record, with the children the input names. */
  create(
    input: CreateInput<E> & CreateChildren<E, All>,
    options: ChangeOptions = {},
  ): Promise<RecordOf<E> & WithChildren<E, All>> {
    return this.#change('POST', this.#path, { body: input }, options)
  }

  /**
   * Changes the given fields, unless someone else was faster: `version_conflict`. A list of children is the wished state: those it leaves
   * out are deleted.
   *
   * @param seen the record as you have read it
   */
  update(
    { id, version }: Seen,
    changes: UpdateInput<E> & UpdateChildren<E, All>,
    options: ChangeOptions = {},
  ): Promise<RecordOf<E> & WithChildren<E, All>> {
    return this.#change('PATCH', this.#one(id), { body: changes, version }, options)
  }

  /**
   * Reads a record, works out its changes, and writes them. If someone else was faster it reads and works them out again.
   *
   * @param edit the changes out of the record as it is now; undefined when nothing is to be done
   * @param attempts how often at most
   */
  async edit(
    id: string,
    edit: (record: RecordOf<E>) => (UpdateInput<E> & UpdateChildren<E, All>) | undefined,
    { attempts = 3, ...options }: CallOptions & { readonly attempts?: number } = {},
  ): Promise<RecordOf<E>> {
    for (let attempt = 1; ; attempt += 1) {
      const record = (await this.get(id, options)) as unknown as RecordOf<E>
      const changes = edit(record)
      if (changes === undefined) return record
      try {
        return await this.update(record, changes, options)
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.code !== 'version_conflict' || attempt >= attempts)
          throw error
      }
    }
  }

  /** Brings a record into another state. Ways that do not exist are refused: `transition_refused`, with `allowed`. */
  move(seen: Seen, to: StateOf<E>, options: ChangeOptions = {}): Promise<RecordOf<E>> {
    if (this.#stateField === undefined) throw new TypeError(`${this.#path} has no states`)
    return this.update(seen, { [this.#stateField]: to } as UpdateInput<E> & UpdateChildren<E, All>, options)
  }

  /** Names of the actions that can be carried out on a record now. */
  async actions(id: string, options: CallOptions = {}): Promise<readonly RecordActionNames<E>[]> {
    const path = `${this.#one(id)}/actions`
    const { items } = await this.#transport.send<OfferedActions>('GET', path, options)
    return items as readonly RecordActionNames<E>[]
  }

  /**
   * Carries out a named action on a record.
   *
   * @param seen with the `version` as you have read it, it is refused when someone else was faster: `version_conflict`
   * @returns the record as it is then, undefined when it is gone; of an action that reads, what it has found
   */
  act<N extends RecordActionNames<E>>(
    { id, version }: ChosenRecord,
    name: N,
    input: ActionInput<ActionsOf<E>[N]>,
    options: ChangeOptions = {},
  ): Promise<RecordAnswer<E, ActionsOf<E>[N]>> {
    const path = `${this.#one(id)}/actions/${encodeURIComponent(name)}`
    return this.#change('POST', path, { body: input, ...(version === undefined ? {} : { version }) }, options)
  }

  /**
   * Sends the bytes of a file for a field. The answer is to be given to a record as value of that field, by `create` or `update`.
   *
   * @param name what the file is called; default: the name of a `File`
   */
  upload(
    field: FileFieldOf<E>,
    bytes: Blob,
    name: string = 'name' in bytes ? String(bytes.name) : 'file',
    options: ChangeOptions = {},
  ): Promise<FileReference> {
    const path = `${this.#path}/files/${encodeURIComponent(field)}?name=${encodeURIComponent(name)}`
    return this.#change(
      'POST',
      path,
      { body: new Blob([bytes], { type: 'application/octet-stream' }) },
      options,
    )
  }

  /** The bytes of the file a record has. */
  download(id: string, field: FileFieldOf<E>, options: CallOptions = {}): Promise<Blob> {
    const path = `${this.#one(id)}/files/${encodeURIComponent(field)}`
    return this.#transport.send('GET', path, { ...options, as: 'blob' })
  }

  /**
   * Carries out a named action on the collection, or on some of its records together. Of these only `id` and `version` are sent.
   *
   * @returns of an action that reads, what it has found
   */
  actTogether<N extends CollectionActionNames<E>>(
    name: N,
    input: CollectionInput<ActionsOf<E>[N]>,
    options: ChangeOptions = {},
  ): Promise<ActionOutput<ActionsOf<E>[N]>> {
    const { records, ...rest } = input as { readonly records?: readonly ChosenRecord[] }
    const body = records ? { ...rest, records: records.map(({ id, version }) => ({ id, version })) } : rest
    return this.#change('POST', `${this.#path}/actions/${encodeURIComponent(name)}`, { body }, options)
  }

  /**
   * Deletes a record, into the trash where the entity has one.
   *
   * @param seen its id; or the record as you have read it, and it is refused when someone else was faster: `version_conflict`
   */
  delete(seen: string | Seen, options: ChangeOptions = {}): Promise<void> {
    if (typeof seen === 'string') return this.#change('DELETE', this.#one(seen), {}, options)
    return this.#change('DELETE', this.#one(seen.id), { version: seen.version }, options)
  }

  /** Many changes at once, with a result for each row. */
  bulk(input: BulkInput<E, All>, options: ChangeOptions = {}): Promise<BulkAnswer<RecordOf<E>>> {
    return this.#change('POST', `${this.#path}/bulk`, { body: input }, options)
  }

  /** Counts, sums and the like, by group. */
  aggregate(query: AggregateOf<E> = {}, options: CallOptions = {}): Promise<AggregateAnswer> {
    return this.#transport.send('GET', `${this.#path}/aggregate${listQuery(query)}`, options)
  }

  #one(id: string): string {
    return `${this.#path}/${encodeURIComponent(id)}`
  }

  #change<T>(
    method: string,
    path: string,
    what: { readonly body?: unknown; readonly version?: number },
    { idempotencyKey = newIdempotencyKey(), signal }: ChangeOptions,
  ): Promise<T> {
    return this.#transport.send(method, path, { ...what, idempotencyKey, signal })
  }
}
