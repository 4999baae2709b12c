import { pick, PluginProblem } from '@plinth/sdk'
import { closesCycle } from './chain.ts'
import { checkEmployment } from './employment.ts'
import type { EmployeesHooks } from './host.ts'

export const employeeHooks: NonNullable<EmployeesHooks['employee']> = {
  beforeCreate({ input, host }) {
    checkEmployment(input, host.tenant.locale)
    return input
  },

  async beforeUpdate({ before, changes, host }) {
    checkEmployment({ ...before, ...changes }, host.tenant.locale)

    if (changes.managerId && changes.managerId !== before.managerId) {
      const managerOf = async (id: string) => (await host.entities.employee.get(id)).managerId
      if (await closesCycle(before.id, changes.managerId, managerOf)) {
        const reason = {
          en: 'This person would report to themselves, directly or through others.',
          de: 'Diese Person würde direkt oder über andere an sich selbst berichten.',
        }
        throw new PluginProblem('manager_cycle', pick(reason, host.tenant.locale), { pointer: '/managerId' })
      }
    }

    if (before.status === 'active' && changes.status && changes.status !== 'active') {
      await host.events.emit('employees.employee.deactivated', before.id, { to: changes.status })
    }
    if (changes.departmentId !== undefined && changes.departmentId !== before.departmentId) {
      const move = { from: before.departmentId, to: changes.departmentId }
      await host.events.emit('employees.employee.department_changed', before.id, move)
    }
    return changes
  },
}
