import type { JsonSchema } from '../../data/index.ts'
import { exampleId } from './example-values.ts'

const text: JsonSchema = { type: 'string' }
const uuid: JsonSchema = { type: 'string', format: 'uuid', example: exampleId('member') }
const time: JsonSchema = { type: 'string', format: 'date-time', example: '2026-03-16T09:30:00Z' }
const roles: JsonSchema = { type: 'array', items: { ...text, example: 'member' } }
const locale: JsonSchema = { type: ['string', 'null'], example: 'de' }

/** Members and invitations as those see them who manage them. */
export const memberSchemas: Readonly<Record<string, JsonSchema>> = {
  MemberAccount: {
    type: 'object',
    required: ['id', 'name', 'email', 'status', 'roles', 'locale', 'createdAt', 'lastSignInAt'],
    properties: {
      id: uuid,
      name: { ...text, example: 'Mara Lindner' },
      email: { ...text, example: 'mara.lindner@nordwind.example' },
      status: { enum: ['active', 'inactive'] },
      roles,
      locale,
      createdAt: time,
      lastSignInAt: { type: ['string', 'null'], format: 'date-time', example: '2026-03-16T09:30:00Z' },
    },
  },
  Invitation: {
    type: 'object',
    required: ['id', 'email', 'name', 'roles', 'locale', 'createdAt', 'sentAt', 'expiresAt'],
    properties: {
      id: uuid,
      email: { ...text, example: 'noor.haddad@nordwind.example' },
      name: { ...text, example: 'Noor Haddad' },
      roles,
      locale,
      createdAt: time,
      sentAt: time,
      expiresAt: time,
      link: { ...text, example: 'https://acme.example.com/invitation#…' },
    },
  },
}
