import type { AuditSubject, AuditWords } from '@plinth/sdk'
import { pick } from '@plinth/ui'
import { listNames } from '../plan-words.ts'
import { actionName } from './action-names.ts'
import type { AuditEntry } from './audit-api.ts'
import { differences, wordsOf } from './differences.ts'
import { t, tell } from './texts.ts'

type Told = Pick<AuditEntry, 'action' | 'subjectType' | 'subjectId' | 'before' | 'after'>

/** Fields that are named in one line; of more it is enough how many. */
const MOST_NAMED = 3

/** What an entry is told in, as far as a manifest says so. */
export function subjectWords(
  { subjectType, subjectId }: Pick<Told, 'subjectType' | 'subjectId'>,
  words: AuditWords,
): AuditSubject | undefined {
  return words[subjectType === 'plugin' ? subjectId : subjectType]
}

/** What happened, in a line: an action by its label, a change by the state it led to and the fields it was meant for. */
export function entryName(entry: Told, words: AuditWords): string {
  const { action, subjectType, subjectId } = entry
  const subject = subjectWords(entry, words)
  const start = `${subjectType === 'plugin' ? subjectId : subjectType}.`
  if (!subject || !action.startsWith(start)) return actionName(action, subjectType)
  const verb = action.slice(start.length)
  const named = subject.actions[verb]
  const what = named
    ? pick(named)
    : verb === 'updated'
      ? changeWords(entry, subject)
      : tell(`verb.${verb}`, verb)
  return `${pick(subject.label)}: ${what}`
}

function changeWords({ before, after }: Told, { fields, state }: AuditSubject): string {
  const changed = differences(before, after).filter(({ field }) => fields[field])
  const moved = changed.find(({ field }) => field === state)
  const meant = changed.filter(({ field }) => field !== state && !fields[field]!.follows)
  const labels = meant.map(({ field }) => pick(fields[field]!.label))
  const parts = [
    ...(moved
      ? [
          t('change.state', {
            field: pick(fields[moved.field]!.label),
            state: valueWords(moved.field, moved.after, { fields }),
          }),
        ]
      : []),
    ...(labels.length > 0 && labels.length <= MOST_NAMED
      ? [t('change.fields', { fields: listNames(labels) })]
      : []),
    ...(labels.length > MOST_NAMED ? [t('change.many', { count: labels.length })] : []),
  ]
  return parts.join('; ') || t('verb.updated')
}

/** A value as it is called where it has a name. */
export function valueWords(
  field: string,
  value: unknown,
  subject: Pick<AuditSubject, 'fields'> | undefined,
): string {
  const words = wordsOf(value)
  const named = subject?.fields[field]?.values?.[words]
  return named ? pick(named) : words
}
