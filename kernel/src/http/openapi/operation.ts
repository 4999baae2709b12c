import type { ProblemCode } from '../../errors.ts'
import { ANSWERS_KEPT_DAYS, type JsonSchema } from '../../data/index.ts'
import type {
  AnswerDescription,
  ContentDescription,
  ParameterDescription,
  RouteDescription,
} from './describe.ts'
import { exampleId, exampleOf } from './example-values.ts'
import type { ProblemAnswers } from './problem-answers.ts'

const BODY: readonly ProblemCode[] = [
  'body_invalid',
  'body_too_large',
  'media_type_unsupported',
  'text_invalid',
  'validation_failed',
]
const REPEATABLE: readonly ProblemCode[] = [
  'idempotency_key_invalid',
  'idempotency_mismatch',
  'idempotency_in_progress',
  // Answers are kept sealed.
  'key_destroyed',
]

/** Code of plugins reads and writes on its own, and what is refused to it may be what is answered. */
const OF_PLUGIN_CODE: readonly ProblemCode[] = [
  'permission_missing',
  'not_found',
  'query_invalid',
  'validation_failed',
  'reference_unknown',
  'unique_violated',
  'version_conflict',
  'transition_refused',
  'still_referenced',
  'limit_exceeded',
]

/** Where the operation belongs to. */
export interface OperationPlace {
  readonly method: string
  /** With parameters in braces. */
  readonly path: string
  /** Whether it is below a workspace, or of the platform as a whole. */
  readonly inTenant: boolean
}

/** The Operation Object of a described route. Schemas in `components` are looked up for examples. */
export function operation(
  description: RouteDescription,
  place: OperationPlace,
  problems: ProblemAnswers,
  schemas: Readonly<Record<string, JsonSchema>>,
): object {
  const { id, tag, summary, answers, body, open, token, operator, repeatable, permission, entity } =
    description
  const changing = place.method !== 'get'
  const guarded = place.inTenant && changing && !open
  const known = description.parameters ?? []
  const implied = [...place.path.matchAll(/\{([^}]+)\}/g)].flatMap(([, name]) =>
    known.some((each) => each.in === 'path' && each.name === name) ? [] : [pathParameter(name!)],
  )
  const told = Object.fromEntries(
    Object.entries(answers).map(([status, each]) => [status, answer(each, repeatable === true, schemas)]),
  )
  const refusals = problems.of(codesOf(description, place, guarded), description.plugins === true)
  return {
    tags: [tag],
    operationId: id,
    summary,
    ...(description.description ? { description: description.description } : {}),
    ...(permission === undefined ? {} : { 'x-permission': permission }),
    ...(entity ? { 'x-entity': entity.id, 'x-operation': entity.operation } : {}),
    ...(open ? { security: token ? [{ [token]: [] }] : [] } : {}),
    ...(operator ? { security: [{ operator: [] }] } : {}),
    parameters: [
      ...[...implied, ...known].map(parameter),
      ...(guarded ? [{ $ref: '#/components/parameters/X-CSRF-Token' }] : []),
      ...(repeatable ? [{ $ref: '#/components/parameters/Idempotency-Key' }] : []),
    ],
    ...(body ? { requestBody: { required: body.required ?? true, content: content(body, schemas) } } : {}),
    // What refuses in the words of another standard does so whatever the reason.
    responses: description.foreign ? { ...refusals, ...told } : { ...told, ...refusals },
  }
}

function codesOf(
  { open, body, foreign, repeatable, permission, plugins, problems = [] }: RouteDescription,
  { path, inTenant }: OperationPlace,
  guarded: boolean,
): ReadonlySet<ProblemCode> {
  return new Set<ProblemCode>([
    ...(inTenant ? (['tenant_unknown', 'tenant_suspended'] as const) : []),
    ...(inTenant && !open ? (['session_missing', 'second_factor_needed', 'rate_exceeded'] as const) : []),
    ...(guarded ? (['csrf_invalid', 'viewing_as'] as const) : []),
    ...(permission === undefined ? [] : (['permission_missing'] as const)),
    ...(body && !foreign ? BODY : []),
    ...(repeatable ? REPEATABLE : []),
    ...(path.includes('{') ? (['not_found'] as const) : []),
    ...(plugins ? OF_PLUGIN_CODE : []),
    ...problems,
  ])
}

function pathParameter(name: string): ParameterDescription {
  return name === 'id'
    ? {
        name,
        in: 'path',
        description: { en: 'Id of the record', de: 'Kennung des Datensatzes' },
        schema: { type: 'string', format: 'uuid' },
        example: exampleId('record'),
      }
    : { name, in: 'path', description: { en: name }, example: name }
}

/** A Parameter Object. */
function parameter({
  name,
  in: where = 'query',
  description,
  schema = { type: 'string' },
  json,
  list,
  required,
  example,
}: ParameterDescription): object {
  const sample = example === undefined ? {} : { example }
  return {
    name,
    in: where,
    description,
    ...(where === 'path' || required ? { required: true } : {}),
    ...(json
      ? { content: { 'application/json': { schema, ...sample } } }
      : { schema, ...(list ? { style: 'form', explode: false } : {}), ...sample }),
  }
}

function answer(
  each: AnswerDescription,
  repeatable: boolean,
  schemas: Readonly<Record<string, JsonSchema>>,
): object {
  const names = [...(each.headers ?? []), 'X-Request-Id', ...(repeatable ? ['Idempotency-Replayed'] : [])]
  return {
    description: each.description,
    headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
    ...(each.content ? { content: content(each.content, schemas) } : {}),
  }
}

function content(
  { type = 'application/json', schema, example }: ContentDescription,
  schemas: Readonly<Record<string, JsonSchema>>,
): object {
  const value = example ?? (type === 'application/json' ? exampleIn(schema, schemas) : undefined)
  const media = { schema, ...(value === undefined ? {} : { example: value }) }
  return Object.fromEntries((typeof type === 'string' ? [type] : type).map((each) => [each, media]))
}

function exampleIn(schema: JsonSchema, schemas: Readonly<Record<string, JsonSchema>>): unknown {
  return Object.keys(schema).length === 0 ? undefined : exampleOf(schema, schemas)
}

export const sharedParameters: Readonly<Record<string, object>> = {
  'X-CSRF-Token': parameter({
    name: 'X-CSRF-Token',
    in: 'header',
    description: {
      en: 'The csrf of the session document. With a session every changing request carries it, with an API key none.',
      de: 'Das csrf des Sitzungsdokuments. Mit einer Sitzung trägt es jede ändernde Anfrage, mit einem API-Schlüssel keine.',
    },
    example: 'Zl0mO9c1kq3Qp4',
  }),
  'Idempotency-Key': parameter({
    name: 'Idempotency-Key',
    in: 'header',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    description: {
      en:
        `Repeating the request with the same key gives the first answer again, with Idempotency-Replayed: true, for ${ANSWERS_KEPT_DAYS} days. ` +
        'With another body: 422 idempotency_mismatch. While the first one is still running: 409 idempotency_in_progress, try again. ' +
        'Refused requests can be repeated with the same key.',
      de:
        `Wer die Anfrage mit demselben Schlüssel wiederholt, bekommt ${ANSWERS_KEPT_DAYS} Tage lang die erste Antwort noch einmal, mit Idempotency-Replayed: true. ` +
        'Mit anderem Inhalt: 422 idempotency_mismatch. Während die erste noch läuft: 409 idempotency_in_progress, später wiederholen. ' +
        'Abgelehnte Anfragen können mit demselben Schlüssel wiederholt werden.',
    },
    example: exampleId('idempotency'),
  }),
}

const header = (en: string, de: string, schema: JsonSchema, example: unknown) => ({
  description: { en, de },
  schema,
  example,
})

export const sharedHeaders: Readonly<Record<string, object>> = {
  ETag: header(
    'Version of the record, of a file that of its bytes; in quotes',
    'Version des Datensatzes, bei einer Datei die ihrer Bytes; in Anführungszeichen',
    { type: 'string' },
    '"3"',
  ),
  Location: header(
    'Address of the new record',
    'Adresse des neuen Datensatzes',
    { type: 'string', format: 'uri-reference' },
    `/api/v1/records/${exampleId('record')}`,
  ),
  'Content-Disposition': header(
    'Name of the file',
    'Name der Datei',
    { type: 'string' },
    'attachment; filename="customers.csv"',
  ),
  'Accept-Ranges': header(
    'Parts can be asked for',
    'Teile können verlangt werden',
    { type: 'string', const: 'bytes' },
    'bytes',
  ),
  'Content-Range': header(
    'Which part of how many bytes',
    'Welcher Teil von wie vielen Bytes',
    { type: 'string' },
    'bytes 0-1023/48213',
  ),
  'X-Request-Id': header(
    'Names the request in logs and audit',
    'Benennt die Anfrage in Protokollen',
    { type: 'string', format: 'uuid' },
    exampleId('request'),
  ),
  'Idempotency-Replayed': header(
    'true when this is the stored answer of an earlier request with the same key',
    'true, wenn dies die gespeicherte Antwort auf eine frühere Anfrage mit demselben Schlüssel ist',
    { type: 'string', const: 'true' },
    'true',
  ),
  'Set-Cookie': header(
    'The session, out of reach for scripts',
    'Die Sitzung, für Skripte unerreichbar',
    { type: 'string' },
    'plinth_session=…; HttpOnly; SameSite=Lax',
  ),
}
