import type { JsonSchema } from '../../data/index.ts'
import { ref } from './schema-reference.ts'

const text: JsonSchema = { type: 'string' }
const whole: JsonSchema = { type: 'integer' }
const time: JsonSchema = { type: 'string', format: 'date-time', example: '2026-03-16T09:30:00Z' }
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items })
const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
})

/** The policy over time, what is recommended, and what weakens a workspace. */
export const securitySchemas: Readonly<Record<string, JsonSchema>> = {
  PolicyDifference: object({
    section: { ...text, example: 'password' },
    setting: { ...text, example: 'minLength' },
    before: { example: 8 },
    after: { example: 15 },
  }),
  PolicyVersion: object({
    number: whole,
    at: time,
    by: { anyOf: [object({ id: { type: 'string', format: 'uuid' }, name: text }), { type: 'null' }] },
    reason: { enum: ['begun', 'changed', 'restored', 'baselineAdopted'] },
    changes: list(ref('PolicyDifference')),
  }),
  SecurityBaseline: object({ version: text, gaps: list(ref('PolicyDifference')) }),
  SecurityFinding: object({
    code: { ...text, example: 'keyWithoutEnd' },
    severity: { enum: ['high', 'medium', 'low'] },
    page: { enum: ['members', 'api-access', 'sign-on', 'security', 'audit'] },
    count: whole,
    items: list(object({ id: text, label: text })),
  }),
  SecurityReport: object({
    at: time,
    since: time,
    findings: list(ref('SecurityFinding')),
    events: list(object({ action: { ...text, example: 'session.opened' }, count: whole })),
  }),
}
