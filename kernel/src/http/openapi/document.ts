import type { RouterRoute } from 'hono/types'
import type { Text } from '@plinth/sdk'
import type { JsonSchema } from '../../data/index.ts'
import { actionSchemas } from './action-schemas.ts'
import { descriptionOf, type DescribedView, type DescribedWorld, type PlacedDescription } from './describe.ts'
import { entitySchemas, referenceSchema } from './entity-schemas.ts'
import { conditionSchema } from './filter-schema.ts'
import { importSchemas } from './import-schemas.ts'
import { scimSchemas } from './scim-schemas.ts'
import { signOnSchemas } from './sign-on-descriptions.ts'
import { kernelSchemas } from './kernel-schemas.ts'
import { localise } from './localise.ts'
import { operation, sharedHeaders, sharedParameters } from './operation.ts'
import { securitySchemas } from './security-schemas.ts'
import { ProblemAnswers, problemSchema } from './problem-answers.ts'
import { KERNEL_TAG_NAMES, KERNEL_TAGS, type KernelTag } from './tags.ts'

/** Languages the document exists in. */
export const DOCUMENT_LANGUAGES = ['en', 'de'] as const

export interface DocumentOptions {
  readonly title: string
  readonly description: Text
  /** Address of each server the paths count from. */
  readonly servers: readonly { readonly url: string; readonly description: Text }[]
  /** Part of the routes it is about, e.g. `/api/v1`. */
  readonly prefix: string
  readonly language: string
}

/**
 * Routes as OpenAPI 3.1, in the words they are described with. Of a tenant that is exactly what its active plugins offer, nothing of the
 * others.
 */
export function openApiDocument(
  routes: readonly RouterRoute[],
  view: DescribedView,
  options: DocumentOptions,
): object {
  const inTenant = options.prefix === '/api/v1'
  const placed = describedRoutes(routes, { view }, options.prefix)
  const entities = inTenant ? [...view.entities.values()] : []
  const schemas: Record<string, JsonSchema> = {
    ...Object.fromEntries(entities.flatMap((model) => entitySchemas(model, view.entities))),
    ...(inTenant ? Object.fromEntries(actionSchemas(view)) : {}),
    ...(inTenant
      ? {
          ...kernelSchemas,
          ...importSchemas,
          ...securitySchemas,
          ...signOnSchemas,
          ...scimSchemas,
          Reference: referenceSchema,
          Condition: conditionSchema,
        }
      : {}),
    Problem: problemSchema,
  }
  const problems = new ProblemAnswers()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { path, method, description } of placed)
    paths[path] = {
      ...paths[path],
      [method]: operation(description, { method, path, inTenant }, problems, schemas),
    }
  const document = {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
    info: { title: options.title, version: '1', description: options.description },
    servers: options.servers,
    tags: tagsOf(view, new Set(placed.map((each) => each.description.tag))),
    ...(inTenant ? { security: [{ session: [] }, { apiKey: [] }] } : {}),
    paths,
    components: {
      securitySchemes: inTenant ? securitySchemes : platformSchemes,
      ...(inTenant ? { parameters: sharedParameters } : {}),
      headers: sharedHeaders,
      schemas,
      responses: problems.components,
    },
  }
  return localise(document, options.language)
}

interface DescribedRoute {
  readonly path: string
  readonly method: string
  readonly description: PlacedDescription
}

/** Every described operation below the prefix, in the order of registration; the first one wins where two share an address. */
function describedRoutes(
  routes: readonly RouterRoute[],
  world: DescribedWorld,
  prefix: string,
): DescribedRoute[] {
  const found = new Map<string, DescribedRoute>()
  for (const route of routes) {
    const describe = route.path.startsWith(prefix) ? descriptionOf(route.handler) : undefined
    for (const description of describe?.(world) ?? []) {
      const below = description.path ?? route.path.slice(prefix.length)
      const path = below.replaceAll(
        /:([A-Za-z]+)(?:\{[^}]*\})?/g,
        (_all, name: string) => description.params?.[name] ?? `{${name}}`,
      )
      const method = (description.method ?? route.method).toLowerCase()
      const key = `${method} ${path}`
      if (!found.has(key)) found.set(key, { path, method, description })
    }
  }
  return [...found.values()]
}

function tagsOf(view: DescribedView, used: ReadonlySet<string>): object[] {
  const plugins = view.active.map(({ id, manifest }) => ({
    name: id,
    description: manifest.description,
    'x-displayName': manifest.name,
  }))
  const kernel = (Object.keys(KERNEL_TAGS) as KernelTag[]).map((name) => ({
    name,
    description: KERNEL_TAGS[name],
    'x-displayName': KERNEL_TAG_NAMES[name],
  }))
  return [...plugins, ...kernel].filter(({ name }) => used.has(name))
}

const platformSchemes = {
  operator: {
    type: 'http',
    scheme: 'bearer',
    description: {
      en: 'The token of PLINTH_OPERATOR_TOKEN. Where there is none, routes for operators do not exist.',
      de: 'Das Token aus PLINTH_OPERATOR_TOKEN. Wo es keines gibt, gibt es keine Routen für Betreiber.',
    },
  },
}

const securitySchemes = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'plinth_session',
    description: {
      en: 'The cookie of a signed-in member: POST /session. Changing requests carry X-CSRF-Token too.',
      de: 'Das Cookie eines angemeldeten Mitglieds: POST /session. Ändernde Anfragen tragen auch X-CSRF-Token.',
    },
  },
  scim: {
    type: 'http',
    scheme: 'bearer',
    description: {
      en: 'A token a provider keeps members in step with: POST /sign-on/providers/{id}/provisioning/tokens.',
      de: 'Ein Token, mit dem ein Anbieter Mitglieder auf dem Laufenden hält: POST /sign-on/providers/{id}/provisioning/tokens.',
    },
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: {
      en: 'An API key, plk_<workspace>_<secret>: POST /api-keys. It names its workspace, so any host will do.',
      de: 'Ein API-Schlüssel, plk_<arbeitsbereich>_<geheimnis>: POST /api-keys. Er nennt seinen Arbeitsbereich, darum passt jeder Rechnername.',
    },
  },
}
