export { ask, type Reply } from './ask.ts'
export { oneJourney } from './one-journey.ts'
export { pluginFolder, type PluginFolder } from './plugin-folder.ts'
export { lacksPlugins, PLUGINS_FOLDER, pluginsHere, ROOT } from './plugins-here.ts'
