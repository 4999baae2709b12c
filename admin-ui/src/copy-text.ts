import { toast } from '@plinth/ui'
import { t } from './texts.ts'

/**
 * Puts a text on the clipboard, and says so, or that it did not work: browsers give the clipboard to pages over HTTPS alone, and ask whoever
 * is before them.
 *
 * @param said what is said when it is there. Default: that it is copied
 */
export async function copyText(text: string, said: string = t('copy.done')): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(said, { tone: 'positive' })
  } catch {
    toast(t('copy.failed'), { tone: 'danger' })
  }
}
