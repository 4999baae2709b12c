import type { Text } from './text.ts'

/** What a field is called in the audit log, and its values where they have names. */
export interface AuditField {
  readonly label: Text
  /** Of an `enum`: names by value. */
  readonly values?: Readonly<Record<string, Text>>
  /** Nobody writes it: it follows from other changes. */
  readonly follows?: true
}

/** What entries about one entity, or about a plugin as a whole, are told in. */
export interface AuditSubject {
  readonly label: Text
  /** By name; those the tenant has added are `custom.<name>`. */
  readonly fields: Readonly<Record<string, AuditField>>
  /** Name of the field that holds the state, where there are ways between states. */
  readonly state?: string
  /** What its actions are called, by name: the last part of the entry's action. */
  readonly actions: Readonly<Record<string, Text>>
}

/** `GET /api/v1/audit`, `words`: by the type of an entry's subject, or by the plugin where that is its subject. */
export type AuditWords = Readonly<Record<string, AuditSubject>>
