/** Chooses at random, but repeatably. */
export interface Sampler {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number
  /** True with the probability `share`, 0 to 1. */
  chance(share: number): boolean
  /** One of the values; the list must not be empty. */
  pick<T>(values: readonly T[]): T
  /** The values in another order; the list given stays as it is. */
  shuffle<T>(values: readonly T[]): T[]
}

/**
 * A source of choices for sample data: the same seed gives the same choices on every machine, another seed others.
 * Never for secrets.
 *
 * @example
 * ```ts
 * const sample = sampler(`rooms:${host.tenant.slug}`)
 * const floor = sample.int(1, 4)
 * ```
 */
export function sampler(seed: string): Sampler {
  let state = 0x811c9dc5
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)

  // Mulberry32: small, fast and even enough for names and dates.
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    int,
    chance: (share) => next() < share,
    pick<T>(values: readonly T[]): T {
      if (values.length === 0) throw new RangeError('Nothing to pick from an empty list')
      return values[int(0, values.length - 1)] as T
    },
    shuffle<T>(values: readonly T[]): T[] {
      const rest = [...values]
      return values.map(() => rest.splice(int(0, rest.length - 1), 1)[0] as T)
    },
  }
}
