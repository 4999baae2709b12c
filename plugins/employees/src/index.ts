import { definePlugin } from '@plinth/sdk'
import { manifest } from '../manifest.ts'
import { departmentHooks } from './department-hooks.ts'
import { employeeActions } from './employee-actions.ts'
import { employeeHooks } from './employee-hooks.ts'
import { memberOnboarded } from './member-onboarded.ts'
import { createSampleData } from './sample-data.ts'

export const plugin = definePlugin(manifest, {
  hooks: { employee: employeeHooks, department: departmentHooks },
  actions: { employee: employeeActions },
  subscribers: { memberOnboarded },
  sampleData: createSampleData,
})
