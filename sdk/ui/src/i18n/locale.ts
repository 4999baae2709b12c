import { pick as pickText, type Text } from '@plinth/sdk'
import { computed, signal } from '../element/signals.ts'

/** Languages the shell itself is written in. */
export const LOCALES = ['de', 'en'] as const

/** The member's language. Everything drawn with `t`, `fmt` or `pick` follows it. */
export const locale = signal<string>('en')

/** The locale numbers and dates are written in: plain English means the day before the month and a 24-hour clock. */
export const formatLocale = computed(() => (locale.value === 'en' ? 'en-GB' : locale.value))

/** Sets the language of the page. Unknown languages fall back to English texts with their own number formats. */
export function setLocale(language: string): void {
  locale.value = language
  document.documentElement.lang = language
}

/** A manifest text in the member's language, or in English. */
export function pick(text: Text): string {
  return pickText(text, locale.value)
}
