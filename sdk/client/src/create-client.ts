import type {
  ActionInput,
  ActionOutput,
  EntitiesOf,
  EntityDeclaration,
  Manifest,
  PluginActionsOf,
} from '@plinth/sdk'
import { EntityClient, type ChangeOptions } from './entity-client.ts'
import { newIdempotencyKey } from './retry-delay.ts'
import { Transport, type Attempt, type SendOptions } from './transport.ts'

export interface ClientOptions {
  /** Where the workspace is: `https://acme.example.com`, or by path `https://example.com/t/acme`. */
  readonly baseUrl: string
  /** API key of a program. Without one the browser's session is used. */
  readonly key?: string
  /** `csrf` of the session document, where a session is used. */
  readonly csrf?: () => string
  /** Further attempts at most, where repeating is safe. Default 3. */
  readonly retries?: number
  /** In place of the global `fetch`. */
  readonly fetch?: typeof fetch
  /** Hears of every attempt at a request. */
  readonly onAttempt?: (attempt: Attempt) => void
}

/** A workspace, seen from a program. */
export interface PlinthClient {
  /** The records of an entity, typed from the manifest of its plugin. */
  entity<const M extends Manifest, N extends keyof M['entities'] & string>(
    manifest: M,
    name: N,
  ): EntityClient<NonNullable<M['entities']>[N], EntitiesOf<M>>
  /** The records of an entity whose manifest is not at hand. @param path below `/api/v1`, e.g. `crm/customers` */
  collection<E extends EntityDeclaration = EntityDeclaration>(path: string): EntityClient<E>
  /** Carries out an action of a plugin as a whole. @returns of one that reads, what it has found */
  act<const M extends Manifest, N extends keyof PluginActionsOf<M> & string>(
    manifest: M,
    name: N,
    input: ActionInput<PluginActionsOf<M>[N]>,
    options?: ChangeOptions,
  ): Promise<ActionOutput<PluginActionsOf<M>[N]>>
  /** Any other request. Changing ones are repeated with an `idempotencyKey` only. @param path below `/api/v1`, with leading slash */
  request<T = unknown>(method: string, path: string, options?: SendOptions): Promise<T>
}

/**
 * @example
 * ```ts
 * const plinth = createClient({ baseUrl: 'https://acme.example.com', key: process.env.PLINTH_KEY })
 * for await (const customer of plinth.entity(crm, 'customer').all({ filter: { status: 'active' } })) console.log(customer.name)
 * ```
 */
export function createClient({ baseUrl, key, csrf, retries = 3, ...rest }: ClientOptions): PlinthClient {
  const base = `${baseUrl.replace(/\/+$/, '')}/api/v1`
  const transport = new Transport({
    ...rest,
    retries,
    address: (path) => new URL(base + path),
    proof: (method) => {
      if (key !== undefined) return { authorization: `Bearer ${key}` }
      return method === 'GET' || !csrf ? {} : { 'x-csrf-token': csrf() }
    },
  })
  return {
    entity(manifest, name) {
      const declaration = manifest.entities?.[name]
      if (!declaration) throw new TypeError(`${manifest.id} has no entity "${name}"`)
      return new EntityClient(
        transport,
        `${manifest.id}/${declaration.collection}`,
        declaration.transitions?.field,
      )
    },
    collection: (path) => new EntityClient(transport, path),
    act: (manifest, name, input, { idempotencyKey = newIdempotencyKey(), signal } = {}) =>
      transport.send('POST', `/${manifest.id}/actions/${encodeURIComponent(name)}`, {
        body: input,
        idempotencyKey,
        signal,
      }),
    request: (method, path, options) => transport.send(method, path, options),
  }
}
