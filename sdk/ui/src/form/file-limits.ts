import type { FieldMeta } from '@plinth/sdk'
import { fmt } from '../i18n/format.ts'
import { t } from './texts.ts'

const FAMILIES: ReadonlySet<string> = new Set(['image', 'audio', 'video', 'text'])

/** What a field takes, in words: `Bilder, PDF, CSV`. Empty where it takes anything. */
export function fileKinds({ accept = [] }: Pick<FieldMeta, 'accept'>): string {
  return accept.map(kind).join(', ')
}

function kind(entry: string): string {
  if (entry.startsWith('.')) return entry.slice(1).toUpperCase()
  const [family = '', type = ''] = entry.split('/')
  if (type === '*') return FAMILIES.has(family) ? t(`file.kind.${family}` as 'file.kind.image') : family
  return /^[a-z0-9]{1,5}$/.test(type) ? type.toUpperCase() : entry
}

/** What the browser's own dialog offers. Endings stand for types there too. */
export function acceptAttribute({ accept = [] }: Pick<FieldMeta, 'accept'>): string {
  return accept.join(',')
}

/** What can be told before a file is sent: its size. What it is, its content says, which the server looks at. */
export function sizeProblem({ maxBytes }: Pick<FieldMeta, 'maxBytes'>, size: number): string | undefined {
  return maxBytes !== undefined && size > maxBytes
    ? t('file.tooLarge', { size: fmt.bytes(maxBytes) })
    : undefined
}

/** What a field takes and how much of it, as a sentence below it. */
export function limitsText(field: Pick<FieldMeta, 'accept' | 'maxBytes'>): string {
  const size = field.maxBytes === undefined ? '' : t('file.limit', { size: fmt.bytes(field.maxBytes) })
  const kinds = fileKinds(field)
  const begins = FAMILIES.has(field.accept?.[0]?.split('/')[0] ?? '') && field.accept?.[0]?.endsWith('/*')
  const first = begins ? kinds.charAt(0).toUpperCase() + kinds.slice(1) : kinds
  return [first, size].filter(Boolean).join(' · ')
}
