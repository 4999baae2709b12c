import { defineTexts } from '@plinth/ui'
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }

/** Texts about limits. */
export const t = defineTexts({ en, de })
