import type { Department, Employee } from './contract.ts'
import type { EmployeesHost } from './host.ts'
import { DEPARTMENTS } from './sample-company.ts'
import { planStaff } from './sample-staff.ts'

/** A company of two dozen people. Does nothing where there are employees already. */
export async function createSampleData(host: EmployeesHost): Promise<void> {
  if ((await host.entities.employee.count()) > 0) return

  const departments: Department[] = []
  for (const { name, costCentre } of DEPARTMENTS) {
    const parentId = departments[0]?.id ?? null
    departments.push(await host.entities.department.create({ name, costCentre, parentId }))
  }

  // Who signs in works here too.
  const members = [...(await host.members.list())]
  const employees: Employee[] = []
  for (const { department, manager, leads, ...person } of planStaff(host.tenant.slug, host.clock.now())) {
    const own = departments[department]
    const member = leads ? undefined : members.shift()
    const employee = await host.entities.employee.create({
      ...person,
      ...(member ? identityOf(member) : {}),
      departmentId: own?.id ?? null,
      managerId: manager === null ? null : (employees[manager]?.id ?? null),
    })
    employees.push(employee)
    if (own && leads)
      await host.entities.department.update(own.id, own.version, { leadEmployeeId: employee.id })
  }
}

function identityOf(member: { readonly id: string; readonly name: string; readonly email: string }) {
  const [firstName = member.name, ...rest] = member.name.split(' ')
  return { userId: member.id, firstName, lastName: rest.join(' ') || firstName, email: member.email }
}
