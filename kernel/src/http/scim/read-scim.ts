import { isUuid } from '../../data/index.ts'
import {
  MOST_RESOURCES,
  parseFilter,
  PATCH_SCHEMA,
  ScimError,
  unknownResource,
  type PageQuery,
  type ScimOrder,
  type ScimSort,
} from '../../scim/index.ts'
import { MEMBER_ONBOARDED } from '../../sign-on/index.ts'
import type { HttpContext } from '../environment.ts'
import { visitorOf } from '../origin.ts'
import { readObject } from '../read-json.ts'
import type { HttpServices } from '../services.ts'
import type { ScimAsker } from './answer-scim.ts'

const DEFAULT_COUNT = 100

/** Id of the resource. @throws ScimError 404 */
export function readId(c: HttpContext): string {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw unknownResource()
  return id.toLowerCase()
}

/** @throws ScimError `invalidFilter` | `invalidValue` | `invalidPath` */
export function readPage(c: HttpContext): PageQuery {
  const { filter, startIndex, count, sortBy, sortOrder } = c.req.query()
  return {
    filter: filter === undefined || filter.trim() === '' ? undefined : parseFilter(filter),
    sort: readSort(sortBy, sortOrder),
    // Less than the first is the first, and less than none is none (RFC 7644, section 3.4.2.4).
    startIndex: Math.max(whole(startIndex, 'startIndex') ?? 1, 1),
    count: Math.min(Math.max(whole(count, 'count') ?? DEFAULT_COUNT, 0), MOST_RESOURCES),
  }
}

/** A message that changes a resource. @throws ScimError `invalidSyntax` */
export async function readPatch(c: HttpContext): Promise<Record<string, unknown>> {
  const body = await readObject(c)
  const { schemas } = body
  if (!Array.isArray(schemas) || !schemas.includes(PATCH_SCHEMA))
    throw new ScimError(400, 'invalidSyntax', `The message has the schema ${PATCH_SCHEMA}.`)
  return body
}

/** In whose name something is changed: the provider's. */
export async function scimOrder(
  c: HttpContext,
  services: HttpServices,
  { provider }: ScimAsker,
): Promise<ScimOrder> {
  const tenant = c.get('tenant')
  const { view } = await services.states.of(tenant)
  const actor = { kind: 'client', id: provider.id, name: provider.name } as const
  return {
    tenantId: tenant.id,
    provider,
    origin: { ...visitorOf(c, services), actor },
    consumers: view.consumers.get(MEMBER_ONBOARDED) ?? [],
    ifMatch: c.req.header('if-match'),
  }
}

function readSort(by: string | undefined, order = 'ascending'): ScimSort | undefined {
  // Without an attribute an order says nothing.
  if (by === undefined || by.trim() === '') return undefined
  const word = order.toLowerCase()
  if (word !== 'ascending' && word !== 'descending')
    throw new ScimError(400, 'invalidValue', 'sortOrder is ascending or descending.')
  return { by, isDescending: word === 'descending' }
}

function whole(text: string | undefined, name: string): number | undefined {
  if (text === undefined || text === '') return undefined
  if (!/^-?\d{1,9}$/.test(text)) throw new ScimError(400, 'invalidValue', `${name} is a whole number.`)
  return Number(text)
}
