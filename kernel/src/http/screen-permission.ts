import { featureId, hasFeature, type PluginCatalogue, type PluginView } from '../plugins/index.ts'
import { CONSOLE_PERMISSIONS, type ConsolePage } from './console-pages.ts'

/** What is done at an address below that of a list. */
const DONE: Readonly<Record<string, string>> = { new: 'create', import: 'create', trash: 'restore' }

/** What it takes to see a screen. */
export interface ScreenNeeds {
  readonly permission: string
  /** The feature it is part of, as `<plugin>.<feature>`. */
  readonly feature?: string
}

/**
 * What it takes to see the screen at an address of the workspace, whether or not its plugin is on.
 *
 * @param path as in the browser, below the base of the workspace
 */
export function screenPermission(
  path: string,
  { plugins }: PluginCatalogue,
  view: PluginView,
): ScreenNeeds | undefined {
  const [area, first = '', segment, third, fourth] = path.split('/').filter((part) => part !== '')
  if (area === 'admin')
    return needs((CONSOLE_PERMISSIONS as Partial<Record<string, string>>)[first as ConsolePage])
  const manifest = area === 'app' ? plugins.get(first)?.manifest : undefined
  if (!manifest || segment === undefined) return undefined
  const model = [...view.models.values()].find((each) => each.path === `${first}/${segment}`)
  const screens = manifest.ui?.screens ?? []
  if (third === undefined) {
    const screen = screens.find((each) => each.id === segment && each.detailOf === undefined)
    return needs(screen?.permission ?? model?.permission('read'), screen && { ...screen, plugin: first })
  }
  if (!model) return undefined
  if (fourth === 'edit') return needs(model.permission('update'))
  const action = DONE[third]
  if (action !== undefined) return needs(model.permission(action))
  // Where its feature is off, the generated screen stands in for it.
  const detail = screens.find((each) => each.detailOf === model.name && hasFeature(view, first, each.feature))
  return needs(detail?.permission ?? model.permission('read'))
}

function needs(
  permission: string | undefined,
  screen?: { readonly plugin: string; readonly feature?: string },
): ScreenNeeds | undefined {
  if (permission === undefined) return undefined
  return screen?.feature === undefined
    ? { permission }
    : { permission, feature: featureId(screen.plugin, screen.feature) }
}
