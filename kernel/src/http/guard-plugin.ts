import { Failure } from '../errors.ts'
import { PluginCrash } from '../plugins/index.ts'
import { requestScope, type HttpContext } from './environment.ts'
import type { HttpServices } from './services.ts'

/** Runs a request's work that may reach plugin code. A plugin that keeps crashing is quarantined for this tenant. */
export async function guardPlugin<T>(
  c: HttpContext,
  services: HttpServices,
  plugin: string,
  work: () => Promise<T>,
): Promise<T> {
  const tenantId = c.get('tenant').id
  try {
    const result = await work()
    services.crashes.succeeded(tenantId, plugin)
    return result
  } catch (error) {
    if (!(error instanceof PluginCrash)) throw error
    services.log.error(
      { plugin: error.plugin, requestId: c.get('requestId'), err: error.cause },
      'plugin crashed',
    )
    if (services.crashes.crashed(tenantId, error.plugin)) {
      await services.switchboard.quarantine(
        requestScope(c).cradle.order,
        error.plugin,
        `Its code failed several times in a row, last with: ${error.message.slice(0, 300)}`,
      )
    }
    throw new Failure('plugin_failed', {
      detail: `The plugin ${error.plugin} failed.`,
      extensions: { plugin: error.plugin },
      cause: error,
    })
  }
}
