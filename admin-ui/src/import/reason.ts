import type { EntityMeta, ImportDocument, ImportError } from '@plinth/sdk'
import { pick } from '@plinth/ui'
import { fieldOf, problemText, spoken } from '@plinth/ui/form'
import { t } from './texts.ts'

/** Refusals a form does not know, or words for someone who types. */
const OWN = ['number', 'date', 'bool', 'ambiguous', 'quotes', 'cut', 'required', 'reference'] as const

/** Why a cell or row was refused, in the member's language. What plugin code says stays in its own words. */
export function reasonText(meta: EntityMeta, error: ImportError): string {
  const own = OWN.find((code) => code === error.code)
  if (own) return t(`reason.${own}`)
  return problemText(
    spoken(meta, [error])[0] ?? error,
    meta.fields.find(({ name }) => name === fieldOf(error.pointer)),
  )
}

/** What is to blame: the column's header, or else the field. */
export function blamed(meta: EntityMeta, { headers }: ImportDocument, error: ImportError): string {
  const header = error.header ?? (error.column === null ? undefined : headers[error.column])
  if (header) return header
  const field = meta.fields.find(({ name }) => name === fieldOf(error.pointer))
  return field ? pick(field.label) : ''
}
