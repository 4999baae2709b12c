import { CURRENCIES } from '@plinth/sdk'

export interface CurrencyItem {
  readonly code: string
  /** `EUR – Euro` */
  readonly name: string
}

const known = new Map<string, readonly CurrencyItem[]>()

/** All currencies an amount may be in, with their names in the language, by code. */
export function currencies(language: string): readonly CurrencyItem[] {
  let found = known.get(language)
  if (!found) {
    const names = new Intl.DisplayNames(language, { type: 'currency' })
    found = CURRENCIES.map((code) => ({ code, name: `${code} – ${names.of(code) ?? code}` }))
    known.set(language, found)
  }
  return found
}
