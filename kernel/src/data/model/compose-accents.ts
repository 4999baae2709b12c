/** A letter with marks of its own, and the parts of Korean syllables. */
const DECOMPOSED = /\P{M}\p{M}+|[\u1100-\u11ff]{2,}/gu

/**
 * The text with its accents composed (Unicode NFC), as most keyboards write it: `é` typed as two signs is the same name as `é` typed as
 * one. Signs that stand alone stay as they are: NFC as a whole would change the form of some Chinese characters, which matters in names.
 */
export function composeAccents(text: string): string {
  return text.replaceAll(DECOMPOSED, (letter) => letter.normalize('NFC'))
}
