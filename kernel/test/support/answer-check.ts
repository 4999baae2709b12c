import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Platform } from '../../src/boot.ts'
import { countStatements } from '../../src/data/index.ts'
import { openApiDocument, routePath } from '../../src/http/index.ts'

type Json = Readonly<Record<string, any>>

/** Formats of values that only the platform itself can judge. */
const OPAQUE = ['iban', 'currency', 'country', 'password', 'uri-reference']

const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv, { formats: ['email', 'uuid', 'date', 'date-time', 'uri'] })
for (const format of OPAQUE) ajv.addFormat(format, true)

/** Documents of many platforms have the same schemas, and compiling is slow. */
const compiled = new Map<string, ValidateFunction>()
const documents = new WeakMap<object, DocumentPaths>()

interface DocumentPaths {
  readonly document: Json
  readonly operations: readonly {
    readonly method: string
    readonly pattern: RegExp
    readonly operation: Json
  }[]
}

/**
 * Holds every answer against the OpenAPI document of the tenant, as of now. Answers the document does not promise are errors, in whichever
 * test they happen.
 *
 * @throws Error that names request, answer and what does not fit
 */
export async function checkAnswer(
  platform: Platform,
  slug: string,
  request: Request,
  response: Response,
): Promise<void> {
  const path = routePath(request.url)
  if (
    response.status >= 500 ||
    !path.startsWith('/api/v1/') ||
    !['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method)
  )
    return
  // What is asked for here must not count as the platform's.
  const paths = await countStatements(() => pathsOf(platform, slug))
  if (!paths) return
  const below = path.slice('/api/v1'.length)
  const found = paths.operations.find(
    ({ method, pattern }) => method === request.method && pattern.test(below),
  )
  const say = (fault: string) => new Error(`${request.method} ${request.url} → ${response.status}: ${fault}`)
  if (!found) {
    if (response.ok) throw say('this operation is not in the OpenAPI document')
    return
  }
  const answer = follow(paths.document, found.operation['responses'][response.status])
  if (!answer) throw say(`the document of ${found.operation['operationId']} knows no such status`)
  for (const name of Object.keys(answer['headers'] ?? {}))
    if (!response.headers.has(name) && name !== 'Idempotency-Replayed')
      throw say(`the header ${name} is missing`)
  await checkBody(paths.document, answer, request, response, say)
}

async function checkBody(
  document: Json,
  answer: Json,
  request: Request,
  response: Response,
  say: (fault: string) => Error,
): Promise<void> {
  const type = (response.headers.get('content-type') ?? '').split(';')[0]!
  const promised = answer['content'] as Json | undefined
  if (!promised) {
    if (type !== '') throw say(`no body is promised, but there is one of type ${type}`)
    return
  }
  const content = (promised[type] ?? promised['*/*']) as Json | undefined
  if (!content) throw say(`a body of type ${Object.keys(promised).join(' or ')} is promised, not "${type}"`)
  if (!/[/+]json$/.test(type)) return
  const { schema } = content
  // Pages of whole records unless fewer fields were asked for.
  const whole = Array.isArray(schema.anyOf) && !new URL(request.url).searchParams.has('fields')
  const validate = compile(
    document,
    whole && schema.anyOf[0].$ref?.endsWith('.page') ? schema.anyOf[0] : schema,
  )
  const body: unknown = await response.clone().json()
  if (validate(body)) return
  const faults = validate.errors!.map((error) => `${error.instancePath || '/'} ${error.message}`).join('; ')
  throw say(`${faults} in ${JSON.stringify(body).slice(0, 1_000)}`)
}

async function pathsOf(platform: Platform, slug: string): Promise<DocumentPaths | undefined> {
  const { tenants, states } = platform.root.cradle
  const tenant = await tenants.bySlug(slug)
  if (!tenant) return undefined
  const { view } = await states.of(tenant)
  let known = documents.get(view)
  if (!known) documents.set(view, (known = readPaths(openApiDocument(platform.app.routes, view, OPTIONS))))
  return known
}

const OPTIONS = { title: 'Test', description: { en: '' }, servers: [], prefix: '/api/v1', language: 'en' }

function readPaths(document: Json): DocumentPaths {
  const operations = Object.entries(document['paths'] as Json).flatMap(([path, item]) =>
    Object.entries(item as Json).map(([method, operation]) => ({
      method: method.toUpperCase(),
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
      parameters: path.split('{').length,
      operation: operation as Json,
    })),
  )
  return { document, operations: operations.toSorted((left, right) => left.parameters - right.parameters) }
}

function follow(document: Json, value: Json | undefined): Json | undefined {
  const ref = value?.['$ref'] as string | undefined
  if (ref === undefined) return value
  return ref
    .slice(2)
    .split('/')
    .reduce<Json | undefined>((at, name) => at?.[name], document)
}

/** The validator of a schema of the document, with those it refers to. */
export function compile(document: Json, schema: Json): ValidateFunction {
  const used: Record<string, Json> = {}
  const collect = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name in used) continue
      used[name] = document['components'].schemas[name]
      collect(used[name])
    }
  }
  collect(schema)
  const whole = { ...schema, components: { schemas: used } }
  const key = JSON.stringify(whole)
  let validate = compiled.get(key)
  if (!validate) compiled.set(key, (validate = ajv.compile(whole)))
  return validate
}
