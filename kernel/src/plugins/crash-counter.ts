/** So many crashes in a row, without a single success, and the plugin is out of service. */
const LIMIT = 5

/** Counts crashes of plugin code per tenant and plugin. What works in between starts the count anew. */
export class CrashCounter {
  readonly #counts = new Map<string, number>()

  /** Notes a crash; answers whether the limit is reached, and starts anew then. */
  crashed(tenantId: string, plugin: string): boolean {
    const key = `${tenantId} ${plugin}`
    const count = (this.#counts.get(key) ?? 0) + 1
    if (count >= LIMIT) this.#counts.delete(key)
    else this.#counts.set(key, count)
    return count >= LIMIT
  }

  succeeded(tenantId: string, plugin: string): void {
    if (this.#counts.size > 0) this.#counts.delete(`${tenantId} ${plugin}`)
  }
}
