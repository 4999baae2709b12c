import type { RecordOf } from '@plinth/sdk'
import type { manifest } from '../manifest.ts'

/** A person of the company. */
export type Employee = RecordOf<typeof manifest.entities.employee>

export type Department = RecordOf<typeof manifest.entities.department>

/** Data of `employees.employee.deactivated`: the employee was active and now is not. */
export interface EmployeeDeactivated {
  readonly to: 'inactive' | 'left'
}

/** Data of `employees.employee.department_changed`: ids of departments, null for none. */
export interface EmployeeDepartmentChanged {
  readonly from: string | null
  readonly to: string | null
}
