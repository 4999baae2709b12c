import { defineTexts } from '@plinth/ui'
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }

/** Texts about members who stand in for others. */
export const t = defineTexts({ en, de })

/** A text in both languages, for what is drawn from metadata. */
export const both = (key: keyof typeof en): { readonly en: string; readonly de: string } => ({
  en: en[key],
  de: de[key],
})
