import { createHash } from 'node:crypto'
import fc from 'fast-check'

/** Of `PLINTH_TEST_RUNS`, when nobody asks for more. */
const USUAL_RUNS = 2_000

/**
 * How often a property is tried. A run that explores says `PLINTH_TEST_RUNS=30000`: the broadest properties then ask that many
 * questions, all others more than usual in the same proportion.
 *
 * @param usual times in a run that does not explore
 */
export function runs(usual: number): number {
  return Math.ceil((usual * Number(process.env['PLINTH_TEST_RUNS'] ?? USUAL_RUNS)) / USUAL_RUNS)
}

/**
 * Seed for what is drawn at a place: the same for the same place and `PLINTH_TEST_SEED`, different at each place, so that not all
 * properties see the same few values.
 *
 * @returns nothing where no seed was set: then each run draws other values
 */
export function seedOf(place: string): number | undefined {
  const seed = process.env['PLINTH_TEST_SEED']
  if (seed === undefined) return undefined
  return createHash('sha256').update(`${seed} ${place}`).digest().readInt32BE()
}

let place = ''
let drawn = 0

/** From here on, {@link draw} draws what follows from the name of this place. */
export function drawFrom(name: string): void {
  place = name
  drawn = 0
}

/** One value, another one each time: not near the edges, where values would soon meet again. */
export function draw<T>(arbitrary: fc.Arbitrary<T>): T {
  drawn += 1
  const seed = seedOf(`${place} ${drawn}`)
  return fc.sample(fc.noBias(arbitrary), { numRuns: 1, ...(seed === undefined ? {} : { seed }) })[0]!
}
