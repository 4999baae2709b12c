import { defineTexts } from '@plinth/ui'
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }

export type TextKey = keyof typeof en

/** Texts of the page about what is asked of those who sign in. */
export const t = defineTexts({ en, de })

/** A text whose key is made of what the server says; that itself where there is none. */
export function tell(key: string, otherwise: string, values: Readonly<Record<string, string>> = {}): string {
  return key in en ? t(key as TextKey, values) : otherwise
}

/** A text in both languages, for what is drawn from metadata. */
export const both = (key: TextKey) => ({ en: en[key], de: de[key] })
