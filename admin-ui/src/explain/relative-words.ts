import { locale } from '@plinth/ui'
import { t } from './texts.ts'

const PATTERN = /^\$(now|day|week|month|year)(?:([+-])P(?:(\d+)([DWMY])|T(\d+)H))?$/u

const UNITS = { D: 'day', W: 'week', M: 'month', Y: 'year' } as const

/** A time relative to now as a person reads it; undefined for what is none. */
export function relativeWords(text: string): string | undefined {
  const [, since, sign] = PATTERN.exec(text) ?? []
  if (since === undefined) return undefined
  const base = t(`condition.at.${since as 'now'}`)
  const step = stepOf(text)
  if (step === undefined) return base
  return t(sign === '-' ? 'condition.stepBack' : 'condition.stepOn', { base, step })
}

/** How long ago it is: “30 days”; undefined for what is no time so and so long ago. */
export function agoWords(text: unknown): string | undefined {
  return typeof text === 'string' && text.startsWith('$now-') ? stepOf(text) : undefined
}

function stepOf(text: string): string | undefined {
  const [, , , count, unit, hours] = PATTERN.exec(text) ?? []
  if (count === undefined && hours === undefined) return undefined
  const name = hours === undefined ? UNITS[unit as keyof typeof UNITS] : 'hour'
  return new Intl.NumberFormat(locale.value, { style: 'unit', unit: name, unitDisplay: 'long' }).format(
    Number(count ?? hours),
  )
}
