import semver from 'semver'
import type { ContributionPoint } from '../point.ts'
import { entriesOf, text } from '../reading.ts'
import { kebabName, localised, named } from '../vocabulary.ts'

const ranges = named(kebabName, {
  type: 'string',
  minLength: 1,
  maxLength: 120,
  description: 'a range of semantic versions, like "^1.2"',
})

/** Which plugins it cannot do without, gets on with, and cannot stand. */
export const dependencies: ContributionPoint = {
  name: 'dependencies',
  properties: { requires: ranges, uses: ranges, conflicts: named(kebabName, localised) },
  check(manifest, { own }, report) {
    for (const key of ['requires', 'uses', 'conflicts']) {
      for (const [plugin, value] of entriesOf(manifest[key])) {
        if (plugin === own.id) report([key, plugin], 'dependency_self', 'A plugin cannot name itself here.')
        const range = key === 'conflicts' ? undefined : text(value)
        if (range && semver.validRange(range) === null) {
          report(
            [key, plugin],
            'range_invalid',
            `"${range}" is not a range of semantic versions, like "^1.2".`,
          )
        }
      }
    }
    for (const plugin of own.uses) {
      if (!own.requires.has(plugin)) continue
      report(
        ['uses', plugin],
        'dependency_twice',
        `"${plugin}" is required already, so it is always there to be used.`,
      )
    }
    for (const plugin of entriesOf(manifest['conflicts']).keys()) {
      if (!own.requires.has(plugin) && !own.uses.has(plugin)) continue
      const message = `"${plugin}" cannot be ${own.requires.has(plugin) ? 'required' : 'used'} and excluded at the same time.`
      report(['conflicts', plugin], 'conflict_with_dependency', message)
    }
  },
}
