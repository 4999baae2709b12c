import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { splitAura } from './aura-split.ts'

const DEFINE = fileURLToPath(import.meta.resolve('@plinth/ui/vaadin-define'))
const AURA = 'virtual:aura'
const EMPTY = '\0plinth:empty'

/** Shrinks a sheet that travels as a string: comments are gone already, so only white space is left to drop. */
function squeeze(css: string): string {
  return css
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
}

/**
 * Sends every Vaadin element through our own `define`, which brings theme, languages and accessibility repairs with
 * the first of them, and leaves the usage statistics out.
 */
export function vaadinTheme(): Plugin {
  return {
    name: 'plinth:vaadin-theme',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source === AURA) return `\0${AURA}`
      if (source.includes('vaadin-usage-statistics') || source.includes('vaadin-development-mode-detector'))
        return EMPTY
      // Icons as a data: font, which the content security policy refuses; the theme draws its own.
      if (source.endsWith('vaadin-upload-icons.js')) return EMPTY
      const isDefine =
        source === '@vaadin/component-base/src/define.js' ||
        (source === './define.js' && importer?.includes('@vaadin/component-base/src/'))
      return isDefine ? DEFINE : null
    },
    async load(id) {
      if (id === EMPTY)
        return 'export const usageStatistics = () => {}; export const runIfDevelopmentMode = () => {}'
      if (id !== `\0${AURA}`) return null
      const { tokens, rules } = await splitAura()
      return `export const tokens = ${JSON.stringify(squeeze(tokens))}\nexport const rules = ${JSON.stringify(squeeze(rules))}`
    },
  }
}
