import { PluginProblem } from '@plinth/sdk'
import { Failure } from '../errors.ts'

/** Plugin code threw something it did not mean to throw. */
export class PluginCrash extends Error {
  override readonly name = 'PluginCrash'
  readonly plugin: string

  constructor(plugin: string, cause: unknown) {
    super(`Plugin ${plugin} failed: ${(cause as Error)?.message ?? String(cause)}`, { cause })
    this.plugin = plugin
  }
}

/** A refusal by a plugin, on purpose: 409, or 422 when it points to a field. Its code is `<plugin>.<code>`. */
class PluginRefusal extends Failure {
  override readonly status: number
  override readonly code: string

  constructor(plugin: string, problem: PluginProblem) {
    super('plugin_refused', {
      detail: problem.message,
      extensions: problem.data,
      errors:
        problem.pointer === undefined
          ? []
          : [{ pointer: problem.pointer, code: problem.code, detail: problem.message }],
      cause: problem,
    })
    this.status = problem.pointer === undefined ? 409 : 422
    this.code = `${plugin}.${problem.code}`
  }
}

/** Runs plugin code and sorts what it throws: refusals of the kernel pass, those of the plugin get its name, the rest is a crash. */
export async function runPluginCode<T>(plugin: string, code: () => T | Promise<T>): Promise<T> {
  try {
    return await code()
  } catch (error) {
    if (error instanceof Failure || error instanceof PluginCrash) throw error
    if (error instanceof PluginProblem) throw new PluginRefusal(plugin, error)
    throw new PluginCrash(plugin, error)
  }
}
