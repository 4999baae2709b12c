import { EntitySchema } from '@mikro-orm/postgresql'

const tenantKey = {
  tenantId: { type: 'uuid', fieldName: 'tenant_id', primary: true },
  id: { type: 'uuid', primary: true },
} as const

/** Who did what. Written in the transaction of the change. */
export const AuditRow = new EntitySchema({
  name: 'kernel.audit',
  tableName: 'audit',
  schema: 'plinth',
  properties: {
    ...tenantKey,
    at: { type: 'datetime', columnType: 'timestamptz(3)' },
    actorKind: { type: 'text', fieldName: 'actor_kind' },
    actorId: { type: 'uuid', fieldName: 'actor_id', nullable: true },
    action: { type: 'text' },
    subjectType: { type: 'text', fieldName: 'subject_type' },
    subjectId: { type: 'text', fieldName: 'subject_id' },
    before: { type: 'json', columnType: 'jsonb', nullable: true },
    after: { type: 'json', columnType: 'jsonb', nullable: true },
    requestId: { type: 'text', fieldName: 'request_id', nullable: true },
  },
})

/** An event, stored with the change that caused it. */
export const OutboxRow = new EntitySchema({
  name: 'kernel.outbox',
  tableName: 'outbox',
  schema: 'plinth',
  properties: {
    ...tenantKey,
    type: { type: 'text' },
    time: { type: 'datetime', columnType: 'timestamptz(3)' },
    actorId: { type: 'uuid', fieldName: 'actor_id', nullable: true },
    subject: { type: 'text' },
    data: { type: 'json', columnType: 'jsonb' },
  },
})

/** An event on its way to one consumer. Refers to its event, so the unit of work writes the event first. */
export const DeliveryRow = new EntitySchema({
  name: 'kernel.delivery',
  tableName: 'delivery',
  schema: 'plinth',
  properties: {
    tenantId: { type: 'uuid', fieldName: 'tenant_id', primary: true },
    eventId: { type: 'uuid', fieldName: 'event_id', primary: true },
    consumer: { type: 'text', primary: true },
  },
})
