import type { HostFor, PluginHandlers } from '@plinth/sdk'
import type { manifest } from '../manifest.ts'

export type TicketsHost = HostFor<typeof manifest>
export type TicketsHooks = NonNullable<PluginHandlers<typeof manifest>['hooks']>
