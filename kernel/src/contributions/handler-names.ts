import type { Manifest, PluginHandlers } from '@plinth/sdk'
import { suggestion } from './nearest.ts'
import type { Path, Report } from './point.ts'

/** Names of the handlers a plugin's code has, so that a manifest can be checked against it without calling anything. */
export interface HandlerNames {
  /** Names of hooks by entity. */
  readonly hooks: Readonly<Record<string, readonly string[]>>
  /** Names of actions by entity. */
  readonly actions: Readonly<Record<string, readonly string[]>>
  /** Names of actions of the plugin as a whole. */
  readonly pluginActions?: readonly string[]
  readonly subscribers: readonly string[]
  readonly routes: readonly string[]
  readonly lifecycle: readonly string[]
  /** Names of entities by version. */
  readonly upgrades?: Readonly<Record<string, readonly string[]>>
}

const LIFECYCLE = ['onEnable', 'onDisable', 'sampleData'] as const

const functionsOf = (handlers: object | undefined): string[] =>
  Object.entries(handlers ?? {}).flatMap(([name, handler]) => (typeof handler === 'function' ? [name] : []))

/** Reads the names of the handlers out of what the plugin's code passed to `definePlugin`. */
export function handlerNames(handlers: PluginHandlers<Manifest>): HandlerNames {
  const upgrades = Object.entries<object>(handlers.upgrades ?? {})
  const byEntity = (part: object | undefined): Record<string, string[]> =>
    Object.fromEntries(
      Object.entries<object | undefined>({ ...part }).map(([entity, each]) => [entity, functionsOf(each)]),
    )
  return {
    hooks: byEntity(handlers.hooks),
    actions: byEntity(handlers.actions),
    pluginActions: functionsOf(handlers.pluginActions),
    subscribers: functionsOf(handlers.subscribers),
    routes: functionsOf(handlers.routes),
    upgrades: Object.fromEntries(upgrades.map(([version, entities]) => [version, functionsOf(entities)])),
    lifecycle: LIFECYCLE.filter((name) => typeof handlers[name] === 'function'),
  }
}

/**
 * Compares the handlers that one part of the manifest names with those the code has. Both ways: a handler nobody
 * names would never be called, which is a mistake as surely as a missing one.
 */
export function checkHandlers(
  named: readonly (readonly [path: Path, handler: string])[],
  present: readonly string[] | undefined,
  where: { readonly kind: string; readonly path: Path },
  report: Report,
): void {
  if (!present) return
  for (const [path, handler] of named) {
    if (present.includes(handler)) continue
    report(
      path,
      'handler_unknown',
      `The plugin's code has no ${where.kind} "${handler}".${suggestion(handler, present)}`,
    )
  }
  const used = new Set(named.map(([, handler]) => handler))
  for (const handler of present) {
    if (used.has(handler)) continue
    report(
      where.path,
      'handler_unused',
      `The plugin's code has a ${where.kind} "${handler}" that the manifest does not name.`,
    )
  }
}
