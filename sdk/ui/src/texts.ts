import { defineTexts } from './i18n/catalog.ts'
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }

/** Words every screen needs (`common.*`) and the texts of the elements here. */
export const common = defineTexts({ en, de })
