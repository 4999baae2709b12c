import type { HostFor, PluginHandlers } from '@plinth/sdk'
import type { manifest } from '../manifest.ts'

export type CrmHost = HostFor<typeof manifest>
export type CrmHooks = NonNullable<PluginHandlers<typeof manifest>['hooks']>
