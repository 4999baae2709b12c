import { pick, type CheckDeclaration, type ImportError } from '@plinth/sdk'

/** Why a cell is refused, in German, by code. What a plugin’s code says stays in its own words. */
const GERMAN: Readonly<Record<string, string>> = {
  ambiguous: 'Mehrere Einträge heißen so.',
  bool: 'Bitte Ja oder Nein schreiben.',
  characters: 'Der Text enthält Zeichen, die sich nicht speichern lassen.',
  currency: 'Die Währung stimmt nicht.',
  cut: 'Der Text ist abgeschnitten, weil er für eine Zelle zu lang war.',
  date: 'Das ist kein Datum in der gewählten Form.',
  decimalRange: 'Die Zahl ist zu groß oder zu klein.',
  enum: 'Diesen Wert gibt es nicht.',
  format: 'Dieser Wert hat nicht die richtige Form.',
  hidden: 'Was Sie nicht sehen dürfen, dürfen Sie hier nicht ändern.',
  json: 'Das ist kein gültiges JSON.',
  masked: 'Das ist ein verdeckter Wert. Bitte den ganzen Wert eintragen.',
  maxItems: 'Das sind zu viele.',
  maxLength: 'Der Text ist zu lang.',
  maximum: 'Die Zahl ist zu groß.',
  minItems: 'Das sind zu wenige.',
  minLength: 'Der Text ist zu kurz.',
  minimum: 'Die Zahl ist zu klein.',
  number: 'Das ist keine Zahl in der gewählten Form.',
  pattern: 'Dieser Wert hat nicht die richtige Form.',
  quotes: 'Die Anführungszeichen in dieser Zelle passen nicht zusammen.',
  range: 'Die Zahl ist zu groß oder zu klein.',
  reference: 'So einen Eintrag gibt es nicht.',
  required: 'Hier fehlt ein Wert.',
  scale: 'Die Zahl hat zu viele Stellen nach dem Komma.',
  transition: 'Dieser Zustand ist vom jetzigen aus nicht erreichbar.',
  type: 'Dieser Wert hat nicht die richtige Form.',
  unique: 'Das ist schon vergeben.',
  uniqueItems: 'Derselbe Wert steht mehrmals da.',
}

/**
 * Why a cell or row was refused, as one sentence for a person who mends the file.
 *
 * @param checks rules of the entity, whose words the manifest has in its own languages
 */
export function refusalWords(
  error: ImportError,
  locale: 'de' | 'en',
  checks: readonly CheckDeclaration[] = [],
): string {
  const words = ruleWords(error, locale, checks) ?? kernelWords(error, locale) ?? error.detail
  return error.header === null ? words : `${error.header}: ${words}`
}

function ruleWords(
  { code, pointer }: ImportError,
  locale: string,
  checks: readonly CheckDeclaration[],
): string | undefined {
  // A rule of a parent may have the same id, but not this field.
  const rule = checks.find(({ id, field }) => code === `check.${id}` && pointer === `/${field}`)
  return rule && pick(rule.message, locale)
}

function kernelWords({ code }: ImportError, locale: 'de' | 'en'): string | undefined {
  return locale === 'de' && Object.hasOwn(GERMAN, code) ? GERMAN[code] : undefined
}
