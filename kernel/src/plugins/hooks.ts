import { withUnreadable, type EntityModel, type WriteHooks } from '../data/index.ts'
import type { InstalledPlugin } from './catalogue.ts'
import { createHost } from './create-host.ts'
import { explainMissing } from './missing-record.ts'
import { runPluginCode } from './plugin-crash.ts'
import type { PluginView } from './plugin-view.ts'
import type { Work } from './work.ts'

type Json = Record<string, unknown>

interface AnyHooks {
  beforeCreate?(change: object): Json | Promise<Json>
  beforeUpdate?(change: object): Json | Promise<Json>
  beforeDelete?(change: object): void | Promise<void>
  beforeRestore?(change: object): void | Promise<void>
}

/** Whether code of the plugin runs before a record of the entity is created. */
export function watchesCreation(view: PluginView, model: EntityModel): boolean {
  const plugin = view.active.find((each) => each.id === model.plugin)
  return plugin !== undefined && declaredHooks(plugin, model)?.beforeCreate !== undefined
}

function declaredHooks(plugin: InstalledPlugin, model: EntityModel): AnyHooks | undefined {
  return (plugin.definition?.handlers.hooks as Record<string, AnyHooks> | undefined)?.[model.name]
}

/** What a hook returned; to return nothing at all is forgotten easily, and no fault of whoever sent the request. */
function returned(hook: string, value: Json): Json {
  if (typeof value !== 'object' || value === null) throw new Error(`${hook} did not return the input`)
  return value
}

/** Changes by hooks of changes by hooks, so far within one another at most. Without an end they would take all memory, and every tenant along. */
const DEEPEST = 50

/**
 * The behaviour an entity's plugin adds to its changes. It runs with the plugin's authority, inside the transaction.
 *
 * @param depth how many hooks are waiting for the change these belong to
 */
export function hooksOf(work: Work, model: EntityModel, depth = 0): WriteHooks {
  const plugin = work.view.active.find((each) => each.id === model.plugin)
  const hooks = plugin && declaredHooks(plugin, model)
  if (!plugin || !hooks) return {}
  const within: Work = { ...work, hooks: (other) => hooksOf(work, other, depth + 1) }
  const host = createHost(within, plugin, false)
  const run = <T>(code: () => T | Promise<T>, values: Json = {}): Promise<T> =>
    runPluginCode(plugin.id, () => {
      if (depth >= DEEPEST) throw new Error(`Its hooks set each other off, ${DEEPEST} within one another`)
      return code()
    }).catch((error: unknown) => {
      throw explainMissing(model, values, error)
    })
  return {
    ...(hooks.beforeCreate
      ? {
          beforeCreate: (input: Json) =>
            run(async () => returned('beforeCreate', await hooks.beforeCreate!({ input, host })), input),
        }
      : {}),
    ...(hooks.beforeUpdate
      ? {
          beforeUpdate: (before: Json, changes: Json) =>
            run(
              async () =>
                returned(
                  'beforeUpdate',
                  await hooks.beforeUpdate!({ before: withUnreadable(before), changes, host }),
                ),
              changes,
            ),
        }
      : {}),
    ...(hooks.beforeDelete
      ? {
          beforeDelete: (before: Json) =>
            run(() => hooks.beforeDelete!({ before: withUnreadable(before), host })),
        }
      : {}),
    ...(hooks.beforeRestore
      ? {
          beforeRestore: (before: Json) =>
            run(() => hooks.beforeRestore!({ before: withUnreadable(before), host })),
        }
      : {}),
  }
}
