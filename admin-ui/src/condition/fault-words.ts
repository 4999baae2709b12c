import type { ProblemError } from '@plinth/sdk'
import { t } from './texts.ts'

/** What the server refused about a condition, in the member's language. */
export function faultWords({ code }: ProblemError): string {
  switch (code) {
    case 'type':
      return t('condition.fault.type')
    case 'placeholder':
      return t('condition.fault.placeholder')
    case 'too_long':
      return t('condition.fault.tooLong')
    default:
      return t('condition.fault.other')
  }
}
