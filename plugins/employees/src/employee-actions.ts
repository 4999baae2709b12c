import type { EmployeesActions } from './host.ts'

export const employeeActions: NonNullable<EmployeesActions['employee']> = {
  async deactivate({ record, input: { status, exitDate }, host }) {
    const changes = exitDate === null ? { status } : { status, exitDate }
    await host.entities.employee.update(record.id, record.version, changes)
  },

  async reactivate({ record, host }) {
    await host.entities.employee.update(record.id, record.version, { status: 'active', exitDate: null })
  },
}
