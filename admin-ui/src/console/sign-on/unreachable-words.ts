import { t } from './texts.ts'
import en from './locales/en.json' with { type: 'json' }

/** Why a provider is not reached, as a sentence; undefined where the platform gives no reason there are words for. */
export function unreachableWords(said: unknown): string | undefined {
  const { reason, host, status } = Object(said) as Readonly<Record<string, unknown>>
  const key = `unreachable.${String(reason)}`
  return key in en ? t(key as keyof typeof en, { host: String(host), status: String(status) }) : undefined
}
