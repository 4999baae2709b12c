import type { Server } from './servers.ts'

/** Number of tenants by name of server. */
export type Load = ReadonlyMap<string, number>

/**
 * Servers a new tenant may go to, best first: those with room, by how many tenants they have for their weight.
 *
 * @param wanted name of the only one that will do
 */
export function chooseServers(servers: readonly Server[], load: Load, wanted?: string): Server[] {
  const filled = ({ name, weight }: Server): number => (load.get(name) ?? 0) / (weight || 1)
  return servers
    .filter(({ name }) => wanted === undefined || name === wanted)
    .filter(
      ({ name, weight, capacity }) =>
        (weight > 0 || wanted !== undefined) && (load.get(name) ?? 0) < capacity,
    )
    .toSorted((left, right) => filled(left) - filled(right) || left.name.localeCompare(right.name))
}

/** How many places a server keeps ready: no more than it could still give away. */
export function sparesFor(
  { name, capacity }: Pick<Server, 'name' | 'capacity'>,
  load: Load,
  wanted: number,
): number {
  return Math.max(Math.min(wanted, capacity - (load.get(name) ?? 0)), 0)
}
