import { problemTable, type ProblemCode } from '../../errors.ts'
import type { JsonSchema } from '../../data/index.ts'
import { exampleId } from './example-values.ts'
import { ref } from './schema-reference.ts'

const TABLE = new Map(problemTable.map((each) => [each.code, each]))

/** Codes any request may be answered with. */
const ALWAYS = new Set<ProblemCode>([
  'internal',
  'unavailable',
  'plugin_failed',
  'key_unavailable',
  'ciphertext_invalid',
])

const POINTERS: Partial<Record<ProblemCode, { pointer: string; code: string; detail: string }>> = {
  validation_failed: { pointer: '/name', code: 'required', detail: 'This value is needed.' },
  text_invalid: { pointer: '/name', code: 'characters', detail: 'NUL and lone surrogates cannot be stored.' },
  query_invalid: { pointer: '/query/limit', code: 'range', detail: 'The limit is a number from 1 to 200.' },
  reference_unknown: { pointer: '/customerId', code: 'reference', detail: 'There is no such record.' },
  unique_violated: { pointer: '/email', code: 'unique', detail: 'The value is taken.' },
  transition_refused: {
    pointer: '/status',
    code: 'transition',
    detail: 'From done a record goes to open, not to new.',
  },
}

const EXTENSIONS: Partial<Record<ProblemCode, Readonly<Record<string, unknown>>>> = {
  permission_missing: { permission: 'platform.kernel.member.read' },
  tier_required: { tier: 'professional' },
  feature_off: { feature: 'crm.merge-customers', why: 'override' },
  limit_exceeded: { limit: 'members', used: 5, value: 5, upgradeTo: 'professional', upgradeValue: 100 },
  version_conflict: { current: 4 },
  transition_refused: { field: 'status', from: 'done', to: 'new', allowed: ['open'] },
  plugin_failed: { plugin: 'example' },
  ciphertext_invalid: { entity: 'crm.customer', field: 'iban', id: exampleId('record') },
}

/** A refusal with this code as it is answered. */
function exampleProblem(code: ProblemCode): Record<string, unknown> {
  const { status, title } = TABLE.get(code)!
  const error = POINTERS[code]
  return {
    ...EXTENSIONS[code],
    type: `urn:plinth:problem:${code}`,
    title,
    status,
    code,
    ...(error ? { errors: [error] } : {}),
    requestId: exampleId('request'),
  }
}

interface Refusals {
  /** By status, for an operation. */
  readonly responses: Readonly<Record<string, JsonSchema>>
}

/** Collects the answers for refusals, so that operations with the same ones share them. */
export class ProblemAnswers {
  readonly components: Record<string, JsonSchema> = {
    Problem: {
      description: {
        en: 'Any other refusal, and failures of the platform',
        de: 'Jede andere Ablehnung, und Ausfälle der Plattform',
      },
      headers: { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } },
      content: {
        'application/problem+json': {
          schema: ref('Problem'),
          examples: Object.fromEntries([...ALWAYS].map((code) => [code, { value: exampleProblem(code) }])),
        },
      },
    },
  }

  /** @param plugins whether hooks of plugins run, which refuse with codes of their own */
  of(codes: ReadonlySet<ProblemCode>, plugins: boolean): Refusals['responses'] {
    const byStatus = new Map<number, ProblemCode[]>()
    for (const code of [...codes].toSorted()) {
      const { status } = TABLE.get(code)!
      byStatus.set(status, [...(byStatus.get(status) ?? []), code])
    }
    if (plugins) for (const status of [409, 422]) if (!byStatus.has(status)) byStatus.set(status, [])
    const responses = [...byStatus].map(([status, list]) => [
      String(status),
      this.#answer(status, list, plugins),
    ])
    return { ...Object.fromEntries(responses), default: { $ref: '#/components/responses/Problem' } }
  }

  #answer(status: number, codes: readonly ProblemCode[], plugins: boolean): JsonSchema {
    const own = plugins && (status === 409 || status === 422)
    const name = [`Problem${status}`, ...codes, ...(own ? ['plugin'] : [])].join('.')
    const titles = codes.map((code) => `${code}: ${TABLE.get(code)!.title}`)
    const extra = own ? ['<plugin>.<code>: a plugin refuses for reasons of its own'] : []
    const code = { enum: codes }
    const known = own
      ? { anyOf: [...(codes.length > 0 ? [code] : []), { type: 'string', pattern: PLUGIN_CODE }] }
      : code
    this.components[name] ??= {
      description: [...titles, ...extra].join('. '),
      headers: { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } },
      content: {
        'application/problem+json': {
          schema: {
            allOf: [
              ref('Problem'),
              { type: 'object', properties: { status: { const: status }, code: known } },
            ],
          },
          ...(codes.length > 0
            ? { examples: Object.fromEntries(codes.map((each) => [each, { value: exampleProblem(each) }])) }
            : {}),
        },
      },
    }
    return { $ref: `#/components/responses/${name}` }
  }
}

/** The plugin's id, a dot, and what it says. */
const PLUGIN_CODE = '^[a-z][a-z0-9-]*\\.[A-Za-z0-9_.-]+$'

export const problemSchema: JsonSchema = {
  type: 'object',
  title: 'Problem',
  description: {
    en: 'A refusal after RFC 9457. Decide by code, which is stable; title and detail are for people.',
    de: 'Eine Ablehnung nach RFC 9457. Entscheidend ist code, der sich nicht ändert; title und detail sind für Menschen.',
  },
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri', example: 'urn:plinth:problem:not_found' },
    title: { type: 'string', example: 'Not found' },
    status: { type: 'integer', example: 404 },
    code: {
      type: 'string',
      example: 'not_found',
      description: `${problemTable.map((each) => each.code).join(', ')}, <plugin>.<code>`,
    },
    detail: { type: 'string', example: 'There is no such record.' },
    requestId: { type: 'string', format: 'uuid', example: exampleId('request') },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: {
          pointer: {
            type: 'string',
            description: {
              en: 'JSON Pointer (RFC 6901) to the refused value',
              de: 'JSON Pointer (RFC 6901) auf den abgelehnten Wert',
            },
            example: '/name',
          },
          code: { type: 'string', example: 'required' },
          detail: { type: 'string', example: 'This value is needed.' },
        },
      },
    },
  },
  example: exampleProblem('validation_failed'),
}
