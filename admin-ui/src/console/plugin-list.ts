import type { PluginCard, PluginState } from '@plinth/sdk'
import { locale, pick } from '@plinth/ui'

/** Which plugins are shown. */
export type Show = 'all' | 'on' | 'off' | 'quarantined'

export interface PluginGroup {
  readonly category: string
  readonly plugins: readonly PluginCard[]
}

const STATES: Readonly<Record<Exclude<Show, 'all'>, readonly PluginState[]>> = {
  on: ['enabled', 'upgrading'],
  off: ['disabled'],
  quarantined: ['quarantined'],
}

/** Every word that was typed stands somewhere in what a person can read about the plugin. */
function fits(plugin: PluginCard, search: string): boolean {
  const text = [pick(plugin.name), pick(plugin.description), pick(plugin.category), plugin.id]
    .join(' ')
    .toLocaleLowerCase()
  return search
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** The plugins that fit, by category, both in the order of the member's language. */
export function groupPlugins(plugins: readonly PluginCard[], search: string, show: Show): PluginGroup[] {
  const order = new Intl.Collator(locale.value)
  const found = plugins
    .filter((plugin) => (show === 'all' || STATES[show].includes(plugin.state)) && fits(plugin, search))
    .toSorted((a, b) => order.compare(pick(a.name), pick(b.name)))
  return [...Map.groupBy(found, (plugin) => pick(plugin.category))]
    .map(([category, members]) => ({ category, plugins: members }))
    .toSorted((a, b) => order.compare(a.category, b.category))
}
