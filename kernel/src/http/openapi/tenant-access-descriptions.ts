import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { bearer, operator, slug } from './operator-descriptions.ts'
import { itemsOf } from './schema-reference.ts'

const time = { type: 'string', format: 'date-time' }

const access = {
  type: 'object',
  required: ['id', 'operator', 'reason', 'write', 'createdAt', 'expiresAt', 'endedAt'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    operator: {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: ['string', 'null'], format: 'uuid' }, name: { type: 'string' } },
    },
    reason: { type: 'string' },
    write: {
      type: 'boolean',
      description: {
        en: 'Whether records may be changed, too',
        de: 'Ob auch Datensätze geändert werden dürfen',
      },
    },
    createdAt: time,
    expiresAt: time,
    endedAt: { ...time, type: ['string', 'null'] },
  },
}

const example = {
  id: exampleId('access'),
  operator: { id: exampleId('operator'), name: 'Nora Feld' },
  reason: 'Ticket 4711: the totals of an invoice look wrong',
  write: false,
  createdAt: '2026-03-01T08:00:00.000Z',
  expiresAt: '2026-03-01T08:30:00.000Z',
  endedAt: null,
}

const list = {
  200: {
    description: { en: 'The latest 100', de: 'Die letzten 100' },
    content: { schema: itemsOf(access), example: { items: [example] } },
  },
}
const ended = { 204: { description: { en: 'It is refused from now on', de: 'Er wird ab jetzt abgelehnt' } } }
const problems = [...operator.problems, 'tenant_unknown'] as const

export const tenantAccessesRoute: RouteDescription = {
  ...operator,
  id: 'list_tenant_accesses',
  permission: 'platform.tenant.access',
  summary: {
    en: 'Who has looked into a tenant, and why',
    de: 'Wer in einen Mandanten gesehen hat und warum',
  },
  parameters: [bearer, slug],
  answers: list,
  problems,
}

export const grantTenantAccessRoute: RouteDescription = {
  ...operator,
  id: 'grant_tenant_access',
  permission: 'platform.tenant.access',
  summary: { en: 'Look into a tenant for a while', de: 'Eine Zeit lang in einen Mandanten sehen' },
  description: {
    en: 'The answer has a token for the API of the tenant. It reads everything, with masks; to change records it takes `write` and the permission `platform.tenant.write`. Rights, keys and switches stay with the people of the tenant, who read the reason and each request in their audit log.',
    de: 'Die Antwort enthält ein Token für die API des Mandanten. Es liest alles, mit Masken; um Datensätze zu ändern, braucht es `write` und das Recht `platform.tenant.write`. Rechte, Schlüssel und Schalter bleiben bei den Menschen des Mandanten, die den Grund und jede Anfrage in ihrem Änderungsprotokoll lesen.',
  },
  parameters: [bearer, slug],
  body: {
    schema: {
      type: 'object',
      required: ['reason'],
      additionalProperties: false,
      properties: {
        reason: { type: 'string', minLength: 10, maxLength: 500 },
        minutes: { type: 'integer', minimum: 1, maximum: 480, default: 30 },
        write: { type: 'boolean', default: false },
      },
    },
    example: { reason: 'Ticket 4711: the totals of an invoice look wrong', minutes: 30 },
  },
  answers: {
    201: {
      description: { en: 'The token is shown this once', de: 'Das Token ist nur dieses eine Mal zu sehen' },
      content: {
        schema: {
          ...access,
          required: [...access.required, 'token'],
          properties: { ...access.properties, token: { type: 'string' } },
        },
        example: { ...example, token: 'pla_acme_3Jx…' },
      },
    },
  },
  problems: [...problems, 'validation_failed'],
}

export const endTenantAccessRoute: RouteDescription = {
  ...operator,
  id: 'end_tenant_access',
  permission: 'platform.tenant.access',
  summary: { en: 'End an access before its time', de: 'Einen Zugang vor der Zeit beenden' },
  parameters: [bearer, slug],
  answers: ended,
  problems,
}

export const suspendTenantRoute: RouteDescription = {
  ...operator,
  id: 'suspend_tenant',
  permission: 'platform.tenant.suspend',
  summary: { en: 'Close a tenant', de: 'Einen Mandanten schließen' },
  parameters: [bearer, slug],
  body: {
    schema: {
      type: 'object',
      required: ['reason'],
      additionalProperties: false,
      properties: { reason: { type: 'string', minLength: 2, maxLength: 500 } },
    },
    example: { reason: 'The contract has ended' },
  },
  answers: {
    204: {
      description: {
        en: 'Its people are refused with tenant_suspended from now on',
        de: 'Seine Menschen werden ab jetzt mit tenant_suspended abgelehnt',
      },
    },
  },
  problems: [...problems, 'validation_failed'],
}

export const resumeTenantRoute: RouteDescription = {
  ...operator,
  id: 'resume_tenant',
  permission: 'platform.tenant.suspend',
  summary: { en: 'Open a tenant again', de: 'Einen Mandanten wieder öffnen' },
  parameters: [bearer, slug],
  answers: { 204: { description: { en: 'It is open', de: 'Er ist offen' } } },
  problems,
}

export const operatorAccessesRoute: RouteDescription = {
  id: 'list_operator_accesses',
  tag: 'audit',
  permission: 'platform.kernel.operatorAccess.read',
  summary: {
    en: 'When operators of the platform have looked into this workspace, and why',
    de: 'Wann Betreiber der Plattform in diesen Arbeitsbereich gesehen haben und warum',
  },
  answers: list,
}

export const endOperatorAccessRoute: RouteDescription = {
  id: 'end_operator_access',
  tag: 'audit',
  permission: 'platform.kernel.operatorAccess.end',
  summary: { en: 'Show an operator out', de: 'Einen Betreiber hinausbitten' },
  answers: ended,
}
