import { pick, PluginProblem } from '@plinth/sdk'

/** The dates and the status of an employment, as they would stand after a change. */
export interface Employment {
  readonly entryDate?: string | null | undefined
  readonly exitDate?: string | null | undefined
  readonly status?: string | null | undefined
}

/**
 * Refuses an employment that cannot be.
 *
 * @param language in which the reason is given
 * @throws PluginProblem `exit_before_entry` | `exit_missing`
 */
export function checkEmployment({ entryDate, exitDate, status }: Employment, language: string): void {
  if (entryDate && exitDate && exitDate < entryDate) {
    const reason = {
      en: 'The exit date is before the entry date.',
      de: 'Der Austritt liegt vor dem Eintritt.',
    }
    throw new PluginProblem('exit_before_entry', pick(reason, language), { pointer: '/exitDate' })
  }
  if (status === 'left' && !exitDate) {
    const reason = {
      en: 'Who has left needs an exit date.',
      de: 'Wer ausgeschieden ist, braucht ein Austrittsdatum.',
    }
    throw new PluginProblem('exit_missing', pick(reason, language), { pointer: '/exitDate' })
  }
}
