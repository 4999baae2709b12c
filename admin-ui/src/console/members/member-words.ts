import type { AssignableRole } from '@plinth/sdk'
import { pick, type ApiProblem } from '@plinth/ui'
import { problemSentence } from '../../problem-sentence.ts'
import { t } from './texts.ts'

/** How a role is called where people read it. */
export function roleName(id: string, roles: readonly AssignableRole[]): string {
  if (id === 'admin') return t('members.roles.admin')
  const label = roles.find((role) => role.id === id)?.label
  return label ? pick(label) : id
}

/** The roles of a member beyond the one everyone has, in words. */
export function rolesInWords(held: readonly string[], roles: readonly AssignableRole[]): string {
  const names = held.filter((id) => id !== 'member').map((id) => roleName(id, roles))
  return names.length > 0 ? names.join(', ') : t('members.roles.only')
}

/** Why members could not be changed. */
export function memberProblem(problem: ApiProblem): string {
  if (problem.code === 'own_account') return t('members.error.own')
  if (problem.code === 'last_admin') return t('members.error.last')
  if (problem.code === 'permission_missing') return t('members.error.beyond')
  return problemSentence(problem)
}
