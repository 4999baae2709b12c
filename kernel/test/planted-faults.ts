import type { Manifest } from '@plinth/sdk'
import { checkManifest } from '../src/contributions/index.ts'
import { bookings } from './fixtures/manifests/bookings.ts'
import { catering } from './fixtures/manifests/catering.ts'
import { rooms } from './fixtures/manifests/rooms.ts'

/**
 * What is wrong · where in the `bookings` manifest it is planted · the faulty value, `undefined` to remove the one
 * there is · the code of its problem · where below that place the problem is reported, if not at the place itself.
 */
export type PlantedFault = [fault: string, at: string, value: unknown, code: string, below?: string]

const known = new Map<string, Manifest>(
  [rooms, bookings, catering].map((manifest) => [manifest.id, manifest]),
)
const handlers = {
  hooks: { booking: ['beforeCreate'] },
  actions: {},
  subscribers: ['roomGone', 'mealServed', 'noteConfirmation'],
  routes: ['freeRooms', 'confirm'],
  lifecycle: ['onEnable', 'sampleData'],
}
const missingFiles = new Set(['ui/gone.ts', 'locales/fr.json'])

/** The problems, as `path code`, of the `bookings` manifest with one value planted in it. */
export function problemsWith(
  at: string,
  value: unknown,
  upgrades: Readonly<Record<string, readonly string[]>> = {},
): string[] {
  const manifest: unknown = structuredClone(bookings)
  const parts = at.split('/').slice(1)
  const last = parts.pop()!
  const parent = parts.reduce<any>((object, part) => (object[part] ??= {}), manifest)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  const problems = checkManifest(manifest, {
    known,
    handlers: { ...handlers, upgrades },
    files: (path) => !missingFiles.has(path),
  })
  return problems.map(({ path, code }) => `${path} ${code}`)
}
