import { createMiddleware } from 'hono/factory'
import type { EntityOperation, Text } from '@plinth/sdk'
import type { EntityModel, JsonSchema } from '../../data/index.ts'
import type { ProblemCode } from '../../errors.ts'
import type { PluginView } from '../../plugins/index.ts'
import type { HttpEnvironment } from '../environment.ts'
import type { KernelTag } from './tags.ts'

/** A parameter of a route; those of its path are required. */
export interface ParameterDescription {
  readonly name: string
  /** Default `query`. */
  readonly in?: 'query' | 'path' | 'header'
  readonly description: Text
  /** Default: a text. */
  readonly schema?: JsonSchema
  /** The value travels as JSON text, and `schema` is that of the JSON. */
  readonly json?: true
  /** A list of values, comma separated. */
  readonly list?: true
  readonly required?: true
  readonly example?: unknown
}

/** A body: its media type, or several, `application/json` where none is said, its schema, and an example of it. */
export interface ContentDescription {
  readonly type?: string | readonly string[]
  readonly schema: JsonSchema
  readonly example?: unknown
}

export interface AnswerDescription {
  readonly description: Text
  readonly content?: ContentDescription
  /** Names out of `components.headers`. */
  readonly headers?: readonly string[]
}

/**
 * What the document says about a route. Whatever follows from the kind of route is added: problems of sessions, tokens and bodies, path
 * parameters, examples of schemas that have one. Texts may stand wherever OpenAPI has a `description`, `summary` or `title`, in schemas
 * too, and are answered in the language asked for.
 */
export interface RouteDescription {
  /** The `operationId`: unique, stable, `verb_noun`. Clients have it as the name of a function. */
  readonly id: string
  /** Heading in the document: one of the kernel's (`tags.ts`), or the id of a plugin. */
  readonly tag: KernelTag | (string & {})
  readonly summary: Text
  readonly description?: Text
  /** Permission without which nobody gets in. */
  readonly permission?: string
  readonly parameters?: readonly ParameterDescription[]
  readonly body?: ContentDescription & { readonly required?: false }
  /** By status. Refusals go into `problems`. */
  readonly answers: Readonly<Record<number, AnswerDescription>>
  /** Codes of refusals beyond those that follow from the rest. */
  readonly problems?: readonly ProblemCode[]
  /** Hooks or handlers of plugins run, and may refuse with codes of their own. */
  readonly plugins?: true
  /** Knows Idempotency-Key. */
  readonly repeatable?: true
  /** Refuses in the words of another standard, which `answers` says. */
  readonly foreign?: true
  /** Needs no session. */
  readonly open?: true
  /** Comes with a token of its own kind instead: a name out of the document's security schemes. */
  readonly token?: 'scim'
  /** For operators, with the token of the configuration. */
  readonly operator?: true
  /** Entity and operation behind it, for those who show more about it. */
  readonly entity?: { readonly id: string; readonly operation: EntityOperation | 'read' }
}

/** A description for one of many addresses that one route stands for. */
export interface PlacedDescription extends RouteDescription {
  /** Values of parameters in the path of the route, which the address has instead of them. */
  readonly params?: Readonly<Record<string, string>>
  /** Address below `/api/v1`, parameters in braces, where it is not that of the route. */
  readonly path?: string
  /** Where the route answers to any method. */
  readonly method?: string
}

/** The plugins whose routes are described. */
export type DescribedView = Pick<PluginView, 'active' | 'entities' | 'off'>

export interface DescribedWorld {
  readonly view: DescribedView
}

export type Describe = (world: DescribedWorld) => readonly PlacedDescription[]

const descriptions = new WeakMap<object, Describe>()

/**
 * Documents the route it stands in, in the OpenAPI document of every tenant. There is no undocumented route: a test compares.
 *
 * @example
 * ```ts
 * routes.get('/members', describe({ id: 'list_members', tag: 'members', summary: { en: 'Members', de: 'Mitglieder' }, … }), (c) => …)
 * ```
 */
export function describe(description: RouteDescription | Describe) {
  const marker = createMiddleware<HttpEnvironment>((_c, next) => next())
  descriptions.set(marker, typeof description === 'function' ? description : () => [description])
  return marker
}

/**
 * The same for a route below `/:plugin/:collection`, which is one for each entity.
 *
 * @param of describes it for an entity; undefined where the entity has no such route, several for several values of path parameters
 * @example
 * ```ts
 * routes.post('/:plugin/:collection/:id/restore', describeEach((model) => ({ id: entityOperationId('restore', model), … })), (c) => …)
 * ```
 */
export function describeEach(
  of: (
    model: EntityModel,
    world: DescribedWorld,
  ) => PlacedDescription | readonly PlacedDescription[] | undefined,
) {
  return describe((world) =>
    [...world.view.entities.values()].flatMap((model) => {
      const found = of(model, world)
      const list = found === undefined ? [] : Array.isArray(found) ? found : [found]
      return (list as readonly PlacedDescription[]).map((each) => ({
        ...each,
        ...(model.secret.length > 0
          ? { problems: [...(each.problems ?? []), 'key_destroyed' as const] }
          : {}),
        params: { plugin: model.plugin, collection: model.declaration.collection, ...each.params },
      }))
    }),
  )
}

/** `list` and `crm.customer` → `list_crm_customer` */
export function entityOperationId(verb: string, model: EntityModel): string {
  return `${verb}_${model.id}`.replaceAll(/[.-]/g, '_')
}

/** What `describe` was given, when the handler is one it made. */
export function descriptionOf(handler: object): Describe | undefined {
  return descriptions.get(handler)
}
