import type { JsonSchema } from '../../data/index.ts'
import { exampleId } from './example-values.ts'
import { ref } from './schema-reference.ts'

const text: JsonSchema = { type: 'string' }
const texts: JsonSchema = { type: 'array', items: text }
const whole: JsonSchema = { type: 'integer', minimum: 0 }
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items })
const all = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
})

export const exampleRole = {
  id: 'field-sales',
  kind: 'own',
  plugin: null,
  label: { en: 'Field sales', de: 'Außendienst' },
  description: '',
  grants: [
    'backoffice.crm.contact.*',
    { permission: 'backoffice.crm.customer.read', condition: { ownerId: '$actor.id' } },
  ],
  inherits: [],
  everyMember: false,
  members: 4,
  givable: true,
  idle: [],
  version: 1,
}

/** A field that conditions can be about, and what it takes to enter a value of it. */
const conditionInput: JsonSchema = {
  type: 'object',
  required: ['name', 'label', 'type'],
  properties: {
    name: text,
    label: ref('Text'),
    type: text,
    values: list({ type: 'object' }),
    scale: whole,
    currency: text,
    ref: all({ entity: text, api: text }),
  },
}

const labelled: JsonSchema = all({ name: text, label: ref('Text') })

/** A permission, or one with what it is limited to. */
const grant: JsonSchema = {
  description: {
    en: 'A permission or a prefix that ends in .*; as an object, with a condition that records must meet ($actor.id stands for the member, $now-P30D, $month+P1M and the like for times), or with the masked fields it is for',
    de: 'Ein Recht oder ein Anfang, der auf .* endet; als Objekt mit einer Bedingung, die Datensätze erfüllen müssen ($actor.id steht für das Mitglied, $now-P30D, $month+P1M und dergleichen für Zeiten), oder mit den verdeckten Feldern, für die es gilt',
  },
  anyOf: [
    text,
    {
      type: 'object',
      additionalProperties: false,
      required: ['permission'],
      properties: { permission: text, condition: { type: 'object' }, fields: { ...texts, minItems: 1 } },
    },
  ],
  example: 'backoffice.crm.customer.read',
}

export const roleSchemas: Readonly<Record<string, JsonSchema>> = {
  RoleGrant: grant,
  Role: {
    ...all({
      id: text,
      kind: {
        enum: ['system', 'plugin', 'own'],
        description: {
          en: 'Only own ones can be changed',
          de: 'Nur eigene lassen sich ändern',
        },
      },
      plugin: { type: ['string', 'null'] },
      label: ref('Text'),
      description: text,
      grants: list(ref('RoleGrant')),
      inherits: texts,
      everyMember: { type: 'boolean' },
      members: whole,
      givable: {
        type: 'boolean',
        description: {
          en: 'Whether you hold all its rights, and may therefore give and change it',
          de: 'Ob Sie alle ihre Rechte haben und sie deshalb vergeben und ändern dürfen',
        },
      },
      idle: {
        ...list(whole),
        description: {
          en: 'Positions of grants that give nothing at present: their plugin is off, or their condition no longer fits',
          de: 'Stellen von Rechten, die zurzeit nichts bewirken: Ihr Plugin ist aus, oder ihre Bedingung passt nicht mehr',
        },
      },
      version: { type: ['integer', 'null'] },
    }),
    example: exampleRole,
  },
  RoleMember: {
    ...all({ id: { type: 'string', format: 'uuid' }, label: text, email: text, via: texts }),
    example: {
      id: exampleId('member'),
      label: 'Mara Lindner',
      email: 'mara.lindner@nordwind.example',
      via: ['field-sales'],
    },
  },
  PermissionGroup: {
    ...all({
      id: text,
      label: ref('Text'),
      icon: text,
      prefix: text,
      subjects: list(
        all({
          id: text,
          label: ref('Text'),
          prefix: text,
          fields: list(conditionInput),
          masked: list(labelled),
          permissions: list(all({ id: text, label: ref('Text'), held: { type: 'boolean' } })),
        }),
      ),
    }),
    example: {
      id: 'crm',
      label: { en: 'Customers', de: 'Kunden' },
      icon: 'contact',
      prefix: 'backoffice.crm.*',
      subjects: [
        {
          id: 'crm.customer',
          label: { en: 'Customers', de: 'Kunden' },
          prefix: 'backoffice.crm.customer.*',
          fields: [{ name: 'status', label: { en: 'Status' }, type: 'enum' }],
          masked: [],
          permissions: [
            { id: 'backoffice.crm.customer.read', label: { en: 'See', de: 'Sehen' }, held: true },
          ],
        },
      ],
    },
  },
}
