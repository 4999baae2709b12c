import type { SessionDocument } from '@plinth/sdk'
import { api, locale, LOCALES, setLocale } from '@plinth/ui'
import { shell } from './state.ts'

const KEY = 'plinth.locale'

/** What a language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<string, string>> = { de: 'Deutsch', en: 'English' }

/** The language one click away. */
export function otherLanguage(): (typeof LOCALES)[number] {
  return locale.value.startsWith('de') ? 'en' : 'de'
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function known(language: string | null | undefined): string | undefined {
  return LOCALES.find((candidate) => language?.split('-')[0] === candidate)
}

/** The first that is a language of the shell: the member's, this device's, the tenant's, the browser's. */
export function startLanguage(member?: string | null, tenantLocale?: string): void {
  const wishes = [member, remembered(), tenantLocale, ...navigator.languages]
  setLocale(wishes.map(known).find(Boolean) ?? 'en')
}

/** Switches at once, remembers it on this device and, when signed in, with the member. */
export async function chooseLanguage(language: string): Promise<void> {
  setLocale(language)
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  if (shell.value) await api.patch<SessionDocument>('/api/v1/session', { locale: language })
}
