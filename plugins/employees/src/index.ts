import { definePlugin } from '@plinth/sdk'
import { manifest } from '../manifest.ts'
import { departmentHooks } from './department-hooks.ts'
import { employeeHooks } from './employee-hooks.ts'
import { createSampleData } from './sample-data.ts'

export const plugin = definePlugin(manifest, {
  hooks: { employee: employeeHooks, department: departmentHooks },
  sampleData: createSampleData,
})
