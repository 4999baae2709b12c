import semver from 'semver'
import { checkHandlers } from '../handler-names.ts'
import { suggestion } from '../nearest.ts'
import type { ContributionPoint, Path } from '../point.ts'
import { entriesOf, text } from '../reading.ts'
import { closed } from '../vocabulary.ts'

const yes = { const: true, description: 'true, or left out' }
const HOOKS = ['beforeCreate', 'beforeUpdate', 'beforeDelete', 'beforeRestore']

/** Code that runs when a tenant switches the plugin on or off, and the hooks around records. */
export const lifecycle: ContributionPoint = {
  name: 'lifecycle',
  properties: { lifecycle: closed({ onEnable: yes, onDisable: yes, sampleData: yes }) },
  check(manifest, { own, handlers }, report) {
    const declared = entriesOf(manifest['lifecycle'])
    const named = [...declared.keys()].map((name): [Path, string] => [['lifecycle', name], name])
    // A value other than `true` says nothing about the handler and is left to the schema.
    const known = named.filter(([, name]) => declared.get(name) === true)
    const present = handlers?.lifecycle.filter((name) => !declared.has(name) || declared.get(name) === true)
    checkHandlers(known, present, { kind: 'handler', path: ['lifecycle'] }, report)
    for (const [version, entities] of Object.entries(handlers?.upgrades ?? {})) {
      const ownVersion = text(manifest['version'])
      if (
        semver.valid(version) === null ||
        (ownVersion && semver.valid(ownVersion) && semver.gt(version, ownVersion))
      ) {
        const message = `The plugin's code has upgrades for "${version}", which is no version up to the plugin's own.`
        report(['version'], 'upgrade_unknown', message)
      }
      for (const entity of entities) {
        if (own.entities.has(entity)) continue
        const message = `The plugin's code has an upgrade for "${entity}", which is no entity of it.`
        report(['entities'], 'upgrade_unknown', message + suggestion(entity, own.entities.keys()))
      }
    }
    for (const entity of Object.keys(handlers?.actions ?? {})) {
      if (own.entities.has(entity)) continue
      const message = `The plugin's code has actions of "${entity}", which is no entity of it.`
      report(['entities'], 'handler_unused', message + suggestion(entity, own.entities.keys()))
    }
    for (const [entity, hooks] of Object.entries(handlers?.hooks ?? {})) {
      if (!own.entities.has(entity)) {
        const message = `The plugin's code has hooks for "${entity}", which is no entity of it.`
        report(['entities'], 'hook_unknown', message + suggestion(entity, own.entities.keys()))
        continue
      }
      for (const hook of hooks) {
        if (HOOKS.includes(hook)) continue
        const message = `The plugin's code has a hook "${hook}", which nothing calls.${suggestion(hook, HOOKS)}`
        report(['entities', entity], 'hook_unknown', message)
      }
    }
  },
}
