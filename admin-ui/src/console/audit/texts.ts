import { defineTexts } from '@plinth/ui'
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }

/** Texts of the audit log. */
export const t = defineTexts({ en, de })

/** A text whose key is made of what the server says; that itself where there is none. */
export function tell(key: string, otherwise: string, values: Readonly<Record<string, string>> = {}): string {
  return key in en ? t(key as keyof typeof en, values) : otherwise
}
