import { pick, PluginProblem, type Text } from '@plinth/sdk'
import type { TicketsHost } from './host.ts'

/**
 * Refuses a change at a field, with the reason in the tenant's language.
 *
 * @throws PluginProblem always
 */
export function refuse(host: TicketsHost, code: string, pointer: string, reason: Text): never {
  throw new PluginProblem(code, pick(reason, host.tenant.locale), { pointer })
}
