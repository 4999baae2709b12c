import type { JsonSchema } from '../../data/index.ts'
import { ref } from './schema-reference.ts'

const text: JsonSchema = { type: 'string' }
const whole: JsonSchema = { type: 'integer' }
const time: JsonSchema = { type: 'string', format: 'date-time', example: '2026-03-16T09:30:00Z' }
const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
})

const head = { anyOf: [ref('AuditHead'), { type: 'null' }] }
const yes = { type: 'boolean' }

/** What proves that the audit log is whole. */
export const auditSchemas: Readonly<Record<string, JsonSchema>> = {
  AuditHead: object({ seq: whole, hash: text, at: time }),
  AuditChain: object({
    head,
    waiting: whole,
    refused: whole,
    verified: { anyOf: [object({ at: time, intact: yes }), { type: 'null' }] },
    publicKey: text,
  }),
  AuditVerification: object({
    intact: yes,
    blocks: whole,
    entries: whole,
    adopted: whole,
    waiting: whole,
    head,
    checkpoints: whole,
    checkpoint: { anyOf: [object({ seq: whole, at: time }), { type: 'null' }] },
    faults: {
      type: 'array',
      items: object({
        kind: { ...text, example: 'entryRewritten' },
        block: { type: ['integer', 'null'] },
        entry: { type: ['string', 'null'] },
      }),
    },
  }),
}
