import type { JsonSchema } from '../../data/index.ts'
import { map, object, text, time, whole } from './schema-parts.ts'
import { ref } from './schema-reference.ts'

const head = { anyOf: [ref('AuditHead'), { type: 'null' }] }
const yes = { type: 'boolean' }

/** What entries are told in, and what proves that the audit log is whole. */
export const auditSchemas: Readonly<Record<string, JsonSchema>> = {
  AuditField: {
    ...object({ label: ref('Text'), 'values?': map(ref('Text')), 'follows?': { const: true } }),
    description: {
      en: 'What a field is called, and its values by name; `follows`: it follows from other changes',
      de: 'Wie ein Feld heißt, und seine Werte nach Namen; `follows`: es folgt aus anderen Änderungen',
    },
  },
  AuditSubject: {
    ...object({
      label: ref('Text'),
      fields: map(ref('AuditField')),
      'state?': text,
      actions: map(ref('Text')),
    }),
    description: {
      en: 'What entries about an entity, or about a plugin as a whole, are told in; `state` names the field that holds the state',
      de: 'Womit Einträge über eine Entität oder über ein ganzes Plugin erzählt werden; `state` nennt das Feld mit dem Zustand',
    },
  },
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
