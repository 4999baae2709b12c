import type { Catalog } from '../i18n/catalog.ts'
import type { PlinthScreen } from './plinth-screen.ts'

/** A screen class. The shell registers it as `plg-<plugin>-<screen>`; the plugin itself does not. */
export type ScreenClass = new () => PlinthScreen

/** What the browser module of a plugin gives to the shell. */
export interface PluginUi {
  /** Flat texts by language, ICU MessageFormat; usually the plugin's `locales/de.json` and `locales/en.json`. */
  readonly catalogs: { readonly de: Catalog; readonly en: Catalog }
  /** By the screen id of the manifest; called when the screen is opened for the first time. */
  readonly screens: Readonly<Record<string, () => Promise<ScreenClass>>>
}

/**
 * Declares the browser side of a plugin. Its module exports the result as `ui`.
 *
 * @example
 * ```ts
 * export const ui = definePluginUi({
 *   catalogs: { de, en },
 *   screens: { board: async () => (await import('./ticket-board.ts')).TicketBoard },
 * })
 * ```
 */
export function definePluginUi(ui: PluginUi): PluginUi {
  return ui
}
