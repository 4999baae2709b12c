import { IntlMessageFormat } from 'intl-messageformat'
import { locale } from './locale.ts'

/** Texts by key, as ICU MessageFormat. */
export type Catalog = Readonly<Record<string, string>>

export type Values = Readonly<Record<string, string | number | boolean | Date | null | undefined>>

/** Looks a text up in the member's language. `K` is the union of the keys, so a missing one is a type error. */
export type Translate<K extends string = string> = (key: K, values?: Values) => string

const compiled = new Map<string, IntlMessageFormat>()

function format(message: string, language: string, values: Values | undefined): string {
  if (!message.includes('{') && !message.includes("'")) return message
  const cacheKey = `${language} ${message}`
  let formatter = compiled.get(cacheKey)
  if (!formatter) {
    formatter = new IntlMessageFormat(message, language, undefined, { ignoreTag: true })
    compiled.set(cacheKey, formatter)
  }
  return String(formatter.format(values))
}

/**
 * Binds a pair of catalogs. A language without a catalog, or a key missing in it, gives the English text; a key
 * that is nowhere gives `fallback`'s answer or the key itself.
 */
export function defineTexts<const K extends string>(
  catalogs: { readonly en: Readonly<Record<K, string>>; readonly de: Readonly<Record<K, string>> },
  fallback?: Translate,
): Translate<K> {
  const byLanguage: Readonly<Record<string, Catalog>> = catalogs
  return (key, values) => {
    const language = locale.value
    const message = byLanguage[language.split('-')[0] ?? 'en']?.[key] ?? byLanguage.en?.[key]
    if (message !== undefined) return format(message, language, values)
    return fallback ? fallback(key, values) : key
  }
}
