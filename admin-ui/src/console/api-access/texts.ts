import { defineTexts } from '@plinth/ui'
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }

/** Texts of the pages about programs that use the API. */
export const t = defineTexts({ en, de })

/** A text in both languages, for what is drawn from metadata. */
export const both = (key: keyof typeof en, values: Readonly<Record<string, string | number>> = {}) => ({
  en: fill(en[key], values),
  de: fill(de[key], values),
})

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
}
