/** A text a person reads, by BCP 47 language. English is the fallback and always present. */
export interface Text {
  readonly en: string
  readonly [language: string]: string
}

/** The text in the wanted language, or in English where the language is missing. */
export function pick(text: Text, language: string): string {
  return text[language] ?? text[language.split('-')[0] ?? 'en'] ?? text.en
}
