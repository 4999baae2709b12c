import type { CustomFieldDocument } from '@plinth/sdk'
import { expect } from 'vitest'
import type { Client } from './support/index.ts'

/** The cars of plugin `garage`, to which workspaces add fields of their own. */
export const CARS = '/garage/cars'
export const CAR_FIELDS = '/custom-fields/garage/car'

/** One field of each type that a workspace may add, with its rules. */
export const EACH_CAR_FIELD = [
  { type: 'string', label: 'Region', maxLength: 10, pattern: '[a-z]+' },
  { type: 'text', label: 'Story', search: true },
  { type: 'int', label: 'Doors', min: 0, max: 9 },
  { type: 'decimal', label: 'Price', scale: 3, max: 100 },
  { type: 'bool', label: 'Sold' },
  { type: 'date', label: 'Built' },
  { type: 'datetime', label: 'Seen at' },
  { type: 'enum', label: 'Fuel', values: [{ label: 'Gas' }, { label: 'Current' }] },
  { type: 'tags', label: 'Extras' },
  { type: 'url', label: 'Page' },
  { type: 'email', label: 'Mail', pii: true },
  { type: 'phone', label: 'Phone' },
  { type: 'member', label: 'Keeper' },
  { type: 'string', label: 'Chassis', unique: true },
  { type: 'string', label: 'Seen' },
] as const

/** Adds a field to a workspace, to cars unless something else is named. */
export async function addField(
  client: Client,
  field: object,
  to: string = CAR_FIELDS,
): Promise<CustomFieldDocument> {
  const { status, body, text } = await client.post<CustomFieldDocument>(to, field)
  expect(status, text).toBe(201)
  return body
}

/** Address of the cars that meet a filter. */
export function carsWhere(filter: object, more = ''): string {
  return `${CARS}?filter=${encodeURIComponent(JSON.stringify(filter))}${more}`
}

/** What was refused: code by pointer. */
export function refusals(body: { errors?: { pointer: string; code: string }[] }): Record<string, string> {
  return Object.fromEntries((body.errors ?? []).map(({ pointer, code }) => [pointer, code]))
}
