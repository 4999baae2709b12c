import { defineTexts, locale, pick } from '@plinth/ui'
import type { Text } from '@plinth/sdk'
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }

/** Texts of the generated list, detail and form screens. */
export const t = defineTexts({ en, de })

/** A label inside a sentence: English writes nouns small, German keeps them as they are. Abbreviations stay. */
export function inSentence(label: Text): string {
  const text = pick(label)
  if (locale.value.startsWith('de')) return text
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
