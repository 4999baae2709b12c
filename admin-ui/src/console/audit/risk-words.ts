import { tell } from './texts.ts'

/** How a sign-in differed from those before it, as a sentence; undefined when the value is something else. */
export function riskWords(value: unknown): string | undefined {
  const { score, outcome, reasons, enforced } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (typeof score !== 'number' || !Array.isArray(reasons)) return undefined
  const follows = enforced === true ? tell(`risk.${String(outcome)}`, '') : tell('risk.observed', '')
  const why = reasons.map((reason) => tell(`risk.${String(reason)}`, String(reason))).join(', ')
  return `${score} · ${outcome === 'none' ? tell('risk.none', 'none') : follows}${why ? ` · ${why}` : ''}`
}
