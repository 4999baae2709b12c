import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

/** Beyond these, a password tells nothing more about how it was made up, and takes long to look at. */
const LOOKED_AT = 100

/** For each power of ten of guesses. */
const POINTS = 10

let guesser: Promise<ZxcvbnFactory> | undefined

/**
 * How hard a password is to guess for someone who knows the lists of common and leaked ones, patterns of keyboards, and whose it is:
 * ten points for each power of ten of guesses, at most 100.
 *
 * @param known names and addresses of its owner and workspace
 */
export async function passwordScore(password: string, known: readonly string[]): Promise<number> {
  guesser ??= load()
  const library = await guesser
  const text = password.normalize('NFKC').slice(0, LOOKED_AT)
  const words = known.flatMap(partsOf).toSorted((left, right) => right.length - left.length)
  const points = (what: string) => Math.floor(library.check(what, words).guessesLog10 * POINTS + 1e-9)
  // Names put together in some order are each a word that is tried first, whatever the whole looks like.
  let [rest, found] = [text.toLowerCase(), 0]
  for (const word of words) {
    const parts = rest.split(word)
    rest = parts.join('')
    found += parts.length - 1
  }
  const whole = Math.min(100, points(text))
  return found === 0 ? whole : Math.min(whole, points(rest) + found * POINTS)
}

/** A name as a whole, and each of its words. */
function partsOf(text: string): string[] {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return [text.toLowerCase(), words.join(''), ...words].filter((word) => word.length > 2)
}

/** Lists of some size, needed only where someone chooses a password. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs })
}
