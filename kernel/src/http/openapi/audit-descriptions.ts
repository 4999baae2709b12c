import type { ParameterDescription, RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { ref } from './schema-reference.ts'

const word = { type: 'string', maxLength: 200 }
const moment = { type: 'string', format: 'date-time' }

const filters: readonly ParameterDescription[] = [
  {
    name: 'security',
    description: {
      en: 'Only what concerns identity, rights and policy, refusals included',
      de: 'Nur was Anmeldung, Rechte und Richtlinien betrifft, auch Abweisungen',
    },
    schema: { type: 'boolean' },
    example: true,
  },
  {
    name: 'subjectType',
    description: { en: 'Only of this entity', de: 'Nur dieser Entität' },
    schema: word,
    example: 'crm.customer',
  },
  {
    name: 'subjectId',
    description: { en: 'Only of this record', de: 'Nur dieses Datensatzes' },
    schema: word,
    example: exampleId('record'),
  },
  {
    name: 'actorId',
    description: { en: 'Only by this member or API key', de: 'Nur von diesem Mitglied oder API-Schlüssel' },
    schema: { type: 'string', format: 'uuid' },
    example: exampleId('member'),
  },
  {
    name: 'action',
    description: { en: 'Only this action', de: 'Nur diese Handlung' },
    schema: word,
    example: 'crm.customer.created',
  },
  {
    name: 'from',
    description: { en: 'Not older than', de: 'Nicht älter als' },
    schema: moment,
    example: '2026-11-01T00:00:00Z',
  },
  {
    name: 'to',
    description: { en: 'Older than', de: 'Älter als' },
    schema: moment,
    example: '2026-12-01T00:00:00Z',
  },
  {
    name: 'q',
    description: {
      en: 'Occurs somewhere in the entry or in the name of who did it; or what the change is called: action, field or new value, as plugins name them',
      de: 'Kommt irgendwo im Eintrag oder im Namen dessen vor, der es getan hat; oder wie die Änderung heißt: Aktion, Feld oder neuer Wert, wie Plugins sie nennen',
    },
    schema: word,
    example: 'hanse',
  },
  {
    name: 'called',
    description: {
      en: 'Actions, separated by commas, that the words of `q` are a name of: found as well',
      de: 'Handlungen, durch Kommas getrennt, die mit den Worten von `q` gemeint sind: werden auch gefunden',
    },
    schema: { type: 'string', maxLength: 10_000 },
    example: 'session.opened,session.ended',
  },
  {
    name: 'before',
    description: { en: 'Id of an entry: only older ones', de: 'Kennung eines Eintrags: nur ältere' },
    schema: { type: 'string', format: 'uuid' },
    example: exampleId('audit'),
  },
]

export const auditRoute: RouteDescription = {
  id: 'list_audit',
  tag: 'audit',
  permission: 'platform.kernel.audit.read',
  summary: { en: 'The latest changes, newest first', de: 'Die letzten Änderungen, neueste zuerst' },
  parameters: filters,
  answers: {
    200: {
      description: {
        en: 'At most 100, fewer where they are large; `more`: whether there are older ones; `words`: what entities, fields and actions in them are called',
        de: 'Höchstens 100, weniger, wenn sie groß sind; `more`: ob es ältere gibt; `words`: wie Entitäten, Felder und Aktionen darin heißen',
      },
      content: {
        schema: {
          type: 'object',
          required: ['items', 'more', 'words'],
          properties: {
            items: { type: 'array', items: ref('AuditEntry') },
            more: { type: 'boolean' },
            words: { type: 'object', additionalProperties: ref('AuditSubject') },
          },
        },
        example: { items: [], more: false, words: {} },
      },
    },
  },
  problems: ['query_invalid'],
}

export const exportAuditRoute: RouteDescription = {
  id: 'export_audit',
  tag: 'audit',
  permission: 'platform.kernel.audit.export',
  summary: { en: 'All entries as a file', de: 'Alle Einträge als Datei' },
  description: {
    en: 'Noted in the log itself. A CSV that breaks off says INCOMPLETE in its last line.',
    de: 'Steht selbst im Protokoll. Eine abgebrochene CSV-Datei endet mit der Zeile INCOMPLETE.',
  },
  parameters: [
    {
      name: 'format',
      description: { en: 'Kind of file', de: 'Art der Datei' },
      schema: { enum: ['csv', 'json'] },
      example: 'csv',
    },
    ...filters,
  ],
  answers: {
    200: {
      description: { en: 'The file', de: 'Die Datei' },
      content: { type: ['text/csv', 'application/json'], schema: {} },
    },
  },
  problems: ['query_invalid', 'too_many_attempts'],
}

export const chainRoute: RouteDescription = {
  id: 'get_audit_chain',
  tag: 'audit',
  permission: 'platform.kernel.audit.read',
  summary: { en: 'How far the chain of the log is', de: 'Wie weit die Kette des Protokolls ist' },
  description: {
    en: 'The hash of the latest block, kept elsewhere, proves later that nothing before it was changed. `publicKey` checks checkpoints.',
    de: 'Der Hash des letzten Blocks, anderswo verwahrt, beweist später, dass nichts davor geändert wurde. `publicKey` prüft Prüfpunkte.',
  },
  answers: {
    200: {
      description: { en: 'The state', de: 'Der Stand' },
      content: { schema: ref('AuditChain') },
    },
  },
}

export const verifyRoute: RouteDescription = {
  id: 'verify_audit',
  tag: 'audit',
  permission: 'platform.kernel.audit.verify',
  summary: { en: 'Verify the whole log', de: 'Das ganze Protokoll prüfen' },
  description: {
    en: 'Recomputes every block and holds it against entries and checkpoints. Takes its time with a long log. Noted in the log.',
    de: 'Rechnet jeden Block nach und hält ihn gegen Einträge und Prüfpunkte. Dauert bei einem langen Protokoll. Steht im Protokoll.',
  },
  answers: {
    200: {
      description: { en: 'What was found', de: 'Was gefunden wurde' },
      content: { schema: ref('AuditVerification') },
    },
  },
  problems: ['too_many_attempts'],
}
