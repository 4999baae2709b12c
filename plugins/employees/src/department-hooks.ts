import { pick, PluginProblem } from '@plinth/sdk'
import { closesCycle } from './chain.ts'
import type { EmployeesHooks } from './host.ts'

export const departmentHooks: NonNullable<EmployeesHooks['department']> = {
  async beforeUpdate({ before, changes, host }) {
    if (changes.parentId && changes.parentId !== before.parentId) {
      const parentOf = async (id: string) => (await host.entities.department.get(id)).parentId
      if (await closesCycle(before.id, changes.parentId, parentOf)) {
        const reason = {
          en: 'A department cannot be part of itself, directly or through others.',
          de: 'Eine Abteilung kann weder direkt noch über andere Teil ihrer selbst sein.',
        }
        throw new PluginProblem('department_cycle', pick(reason, host.tenant.locale), {
          pointer: '/parentId',
        })
      }
    }
    return changes
  },
}
