import type { PluginCatalogue, PluginView } from '../plugins/index.ts'
import { CONSOLE_PERMISSIONS, type ConsolePage } from './console-pages.ts'

/** What is done at an address below that of a list. */
const DONE: Readonly<Record<string, string>> = { new: 'create', import: 'create', trash: 'restore' }

/**
 * What it takes to see the screen at an address of the workspace, whether or not its plugin is on.
 *
 * @param path as in the browser, below the base of the workspace
 */
export function screenPermission(
  path: string,
  { plugins }: PluginCatalogue,
  { models }: PluginView,
): string | undefined {
  const [area, first = '', segment, third, fourth] = path.split('/').filter((part) => part !== '')
  if (area === 'admin') return (CONSOLE_PERMISSIONS as Partial<Record<string, string>>)[first as ConsolePage]
  const manifest = area === 'app' ? plugins.get(first)?.manifest : undefined
  if (!manifest || segment === undefined) return undefined
  const model = [...models.values()].find((each) => each.path === `${first}/${segment}`)
  const screens = manifest.ui?.screens ?? []
  if (third === undefined) {
    const screen = screens.find((each) => each.id === segment && each.detailOf === undefined)
    return screen?.permission ?? model?.permission('read')
  }
  if (!model) return undefined
  if (fourth === 'edit') return model.permission('update')
  const action = DONE[third]
  if (action !== undefined) return model.permission(action)
  return screens.find((each) => each.detailOf === model.name)?.permission ?? model.permission('read')
}
