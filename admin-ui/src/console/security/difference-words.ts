import type { PolicyDifference } from '@plinth/sdk'
import { fmt } from '@plinth/ui'
import { t, tell } from './texts.ts'

/** `Passwords · Shortest length: 8 → 15` */
export function differenceWords({ section, setting, before, after }: PolicyDifference): string {
  const name = tell(`${section}.${setting}`, `${section}.${setting}`)
  const value = (given: unknown): string => valueWords(`${section}.${setting}`, given)
  return `${tell(`${section}.title`, section)} · ${name}: ${value(before)} → ${value(after)}`
}

function valueWords(setting: string, value: unknown): string {
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  if (typeof value === 'number') return fmt.num(value)
  return tell(`${setting}.${String(value)}`, String(value))
}

/** The name of a setting as findings have it: `password.minLength`. */
export function settingWords(setting: string): string {
  return tell(setting, setting)
}
