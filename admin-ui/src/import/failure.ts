import type { ImportDocument } from '@plinth/sdk'
import { t } from './texts.ts'

/** Why an import has failed as a whole. What plugin code says stays in its own words. */
export function reasonOf({ reason }: ImportDocument): string {
  if (!reason) return ''
  return fileSentence(reason.code) ?? (reason.code.includes('.') ? reason.detail : t('failed.other'))
}

/** What is wrong with a file as such. */
export function fileSentence(code: string): string | undefined {
  if (code === 'file_too_large') return t('failed.tooLarge')
  return code === 'file_unreadable' ? t('failed.unreadable') : undefined
}
