import type { HostFor, PluginHandlers } from '@plinth/sdk'
import type { manifest } from '../manifest.ts'

export type EmployeesHost = HostFor<typeof manifest>
export type EmployeesActions = NonNullable<PluginHandlers<typeof manifest>['actions']>
export type EmployeesHooks = NonNullable<PluginHandlers<typeof manifest>['hooks']>
