import { CUSTOM_FIELD_TYPES, FIELD_TYPES, TIERS } from '@plinth/sdk'
import type { JsonSchema } from '../../data/index.ts'
import { apiAccessSchemas } from './api-access-schemas.ts'
import { auditSchemas } from './audit-schemas.ts'
import { exampleId } from './example-values.ts'
import { memberSchemas } from './member-schemas.ts'
import { delegationSchemas } from './delegation-descriptions.ts'
import { explanationSchemas } from './explanation-schemas.ts'
import { roleSchemas } from './role-schemas.ts'
import { featureSchemas } from './feature-descriptions.ts'
import { pluginSchemas } from './plugin-schemas.ts'
import { anything, flag, list, map, object, text, time, uuid, whole } from './schema-parts.ts'
import { ref } from './schema-reference.ts'

const viewing: JsonSchema = object(
  { viewer: object({ id: uuid, label: text }), until: time },
  {
    description: {
      en: 'Set while somebody else sees the workspace as this member does',
      de: 'Gesetzt, solange jemand anderes den Arbeitsbereich so sieht wie dieses Mitglied',
    },
  },
)

const words: JsonSchema = {
  type: 'object',
  required: ['en'],
  properties: { en: text },
  additionalProperties: text,
  description: {
    en: 'A text by language; English is always there',
    de: 'Ein Text nach Sprache; Englisch gibt es immer',
  },
  example: { en: 'Customers', de: 'Kunden' },
}

const tenant = {
  slug: { ...text, example: 'acme' },
  name: { ...text, example: 'Acme Corporation' },
  locale: { ...text, example: 'en' },
  timeZone: {
    ...text,
    example: 'Europe/Berlin',
    description: {
      en: 'IANA name of the time zone whose days and years count here',
      de: 'IANA-Name der Zeitzone, deren Tage und Jahre hier gelten',
    },
  },
  hue: {
    ...whole,
    example: 220,
    description: { en: 'Hue of the accent colour, 0 to 360', de: 'Farbton der Akzentfarbe, 0 bis 360' },
  },
  'demo?': list(object({ email: text, password: text, label: ref('Text') })),
  'signIn?': list({ enum: ['password', 'reset', 'link', 'passkey', 'provider'] }),
  'signOn?': list(object({ id: uuid, name: text, profile: text })),
}

const member = object({
  id: uuid,
  name: { ...text, example: 'Mara Lindner' },
  email: { type: 'string', example: 'mara.lindner@nordwind.example' },
  locale: { type: ['string', 'null'], example: 'de' },
})

const SECOND_METHODS = ['totp', 'passkey', 'email', 'backup']

const tier: JsonSchema = { enum: [...TIERS] }
const operations = list({ enum: ['create', 'update', 'delete'] })

const entityMembers = {
  id: { ...text, example: 'crm.customer' },
  label: ref('Text'),
  labelPlural: ref('Text'),
  icon: text,
  path: { ...text, example: '/app/crm/customers' },
  api: { ...text, example: '/api/v1/crm/customers' },
}

const customFieldOptions: Readonly<Record<string, JsonSchema>> = {
  type: { enum: [...CUSTOM_FIELD_TYPES] },
  label: ref('Text'),
  'help?': ref('Text'),
  ...Object.fromEntries(['required', 'unique', 'search', 'pii', 'listed'].map((name) => [`${name}?`, flag])),
  'default?': { example: null },
  ...Object.fromEntries(['minLength', 'maxLength', 'scale'].map((name) => [`${name}?`, whole])),
  ...Object.fromEntries(['min', 'max'].map((name) => [`${name}?`, { type: 'number' }])),
  'pattern?': text,
  'mask?': text,
  'target?': { ...text, example: 'crm.customer' },
  'currency?': text,
  'values?': list(object({ value: text, label: ref('Text'), 'tone?': text, 'retired?': flag })),
}

/** What the kernel's own routes answer. */
export const kernelSchemas: Readonly<Record<string, JsonSchema>> = {
  File: object(
    {
      id: uuid,
      name: { ...text, example: 'contract.pdf' },
      type: {
        ...text,
        example: 'application/pdf',
        description: {
          en: 'Media type, found out from the content',
          de: 'Medientyp, aus dem Inhalt ermittelt',
        },
      },
      size: { ...whole, example: 48_213, description: { en: 'Bytes', de: 'Bytes' } },
    },
    { description: { en: 'What is known of a file', de: 'Was über eine Datei bekannt ist' } },
  ),
  Text: words,
  Tenant: object(tenant),
  Session: object({
    member,
    csrf: {
      ...text,
      description: {
        en: 'To be sent as X-CSRF-Token with every changing request',
        de: 'Mit jeder ändernden Anfrage als X-CSRF-Token zu senden',
      },
      example: 'Zl0mO9c1kq3Qp4',
    },
    expiresAt: time,
    'viewing?': viewing,
    'waits?': object({
      for: { enum: ['secondFactor', 'enrolment', 'password'] },
      methods: list({ enum: SECOND_METHODS }),
      'minLength?': {
        ...whole,
        example: 15,
        description: {
          en: 'Characters the new password needs, where one is waited for',
          de: 'Zeichen, die das neue Passwort braucht, wo auf eines gewartet wird',
        },
      },
    }),
  }),
  SecondFactors: object({
    factors: list(
      object({
        id: uuid,
        kind: { enum: ['totp', 'passkey', 'email'] },
        name: { ...text, example: 'Phone' },
        createdAt: time,
        usedAt: { type: ['string', 'null'], format: 'date-time' },
      }),
    ),
    codesLeft: { ...whole, example: 10 },
    required: flag,
    enrolBy: { type: ['string', 'null'], format: 'date-time' },
    emailCodes: { enum: ['none', 'besides', 'enough'] },
  }),
  Shell: object({
    tenant: object({ ...tenant, tier }),
    member,
    csrf: text,
    'enrolBy?': time,
    'viewing?': viewing,
    'viewAs?': flag,
    navigation: list(object({ id: text, plugin: text, label: ref('Text'), icon: text, path: text })),
    screens: list(object({ plugin: text, id: text, title: ref('Text'), path: text, 'detailOf?': text })),
    entities: map(object({ ...entityMembers, can: operations })),
    modules: map(object({ url: text, integrity: text })),
    'security?': object({
      changePolicy: flag,
      report: flag,
      operatorAccesses: flag,
      endOperatorAccess: flag,
    }),
    console: list(text),
  }),
  EntityMeta: object({
    ...entityMembers,
    display: list(text),
    fields: list(
      object({
        name: { ...text, example: 'name' },
        type: { type: 'string', enum: [...FIELD_TYPES] },
        label: ref('Text'),
        required: flag,
        readOnly: flag,
        immutable: flag,
        sortable: flag,
        'file?': object({ api: text }),
        'maxBytes?': whole,
        'accept?': list(text),
        'encrypted?': flag,
        'include?': text,
      }),
    ),
    list: object({ columns: list(text), sort: text, filters: list(text), searchable: flag }),
    form: object({
      groups: list(object({ label: { anyOf: [ref('Text'), { type: 'null' }] }, fields: list(text) })),
    }),
    'extend?': flag,
    related: list(object({ entity: text, field: text, label: ref('Text') })),
    can: operations,
    'transitions?': object({
      field: text,
      initial: list(text),
      moves: list(object({ from: list(text), to: text, label: ref('Text') })),
    }),
  }),
  ...pluginSchemas,
  ...featureSchemas,
  ...memberSchemas,
  ...delegationSchemas,
  Member: object({ id: uuid, label: { ...text, example: 'Mara Lindner' }, email: text }),
  ...apiAccessSchemas,
  CustomField: object({
    id: uuid,
    entity: { ...text, example: 'crm.customer' },
    name: { ...text, example: 'region' },
    ...customFieldOptions,
    position: whole,
    archivedAt: { type: ['string', 'null'], format: 'date-time' },
    version: whole,
  }),
  ExtensibleEntity: object({
    id: { ...text, example: 'crm.customer' },
    plugin: { ...text, example: 'crm' },
    label: ref('Text'),
    labelPlural: ref('Text'),
    icon: text,
    fields: whole,
    archived: whole,
    limit: whole,
  }),
  ...roleSchemas,
  ...explanationSchemas,
  AuditEntry: object({
    id: uuid,
    at: time,
    actor: object({ kind: text, id: { type: ['string', 'null'] }, name: { type: ['string', 'null'] } }),
    action: { ...text, example: 'updated' },
    subjectType: { ...text, example: 'crm.customer' },
    subjectId: { ...text, example: exampleId('record') },
    before: anything,
    after: anything,
    requestId: { type: ['string', 'null'] },
    address: { type: ['string', 'null'] },
    agent: { type: ['string', 'null'] },
  }),
  ...auditSchemas,
}
