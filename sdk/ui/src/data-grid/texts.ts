import { defineTexts } from '../i18n/catalog.ts'
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }

/** Texts of grid, table and card list. */
export const t = defineTexts({ en, de })
