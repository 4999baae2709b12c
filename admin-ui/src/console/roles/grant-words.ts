import type { Filter, PermissionSubject } from '@plinth/sdk'
import { pick } from '@plinth/ui'
import { nameOfRecord } from '../../condition/record-names.ts'
import { conditionWords } from '../../explain/condition-words.ts'
import { isUnwritten, type Grant } from './grants.ts'
import { t } from './texts.ts'

/** Conditions of which one must be met, as a person reads them. */
export function conditionsInWords(
  conditions: readonly Filter[],
  fields: PermissionSubject['fields'],
): string {
  const words = conditions.map((each) => conditionWords(each, fields, t('roles.theMember'), nameOfRecord))
  return t('roles.if', { condition: words.join(t('roles.ifAny')) })
}

/** What a grant is limited to, in words. */
export function limitsOf(
  grant: Grant,
  subject: Pick<PermissionSubject, 'fields' | 'masked'> | undefined,
): string[] {
  if (typeof grant === 'string') return []
  const { condition, fields } = grant
  const named = fields?.map((name) => {
    const label = subject?.masked.find((each) => each.name === name)?.label
    return label ? pick(label) : name
  })
  return [
    ...(isUnwritten(grant)
      ? [t('roles.unwritten')]
      : condition
        ? [conditionsInWords([condition], subject?.fields ?? [])]
        : []),
    ...(named ? [t('roles.fieldsOnly', { fields: named.join(', ') })] : []),
  ]
}
