import { createHash } from 'node:crypto'

const SCREENS = ['sound', 'drawing', 'touching', 'loading'] as const

/** The browser module as it would come out of a build. */
const MODULE = `import { definePluginUi, PlinthScreen } from '@plinth/ui'
import { html } from 'lit'

class Sound extends PlinthScreen {
  render() { return html\`<h1>Sound as a bell</h1>\` }
}
class Drawing extends PlinthScreen {
  render() { throw new Error('stumbled while drawing') }
}
class Touching extends PlinthScreen {
  static properties = { touched: { state: true } }
  render() {
    if (this.touched) throw new Error('stumbled when touched')
    return html\`<h1>Do not touch</h1><button class="pl-button" @click=\${() => (this.touched = true)}>Touch</button>\`
  }
}

export const ui = definePluginUi({
  catalogs: { de: {}, en: {} },
  screens: {
    sound: async () => Sound,
    drawing: async () => Drawing,
    touching: async () => Touching,
    loading: async () => { throw new Error('stumbled while loading') },
  },
})
`

function manifest(id: string, screens: readonly string[]): string {
  const permission = `example.${id}.screen.read`
  return `import { defineManifest } from '@plinth/sdk'

export const manifest = defineManifest({
  manifestVersion: 1,
  id: '${id}',
  version: '1.0.0',
  publisher: 'example',
  license: 'MIT',
  area: 'example',
  name: { en: '${id}', de: '${id}' },
  description: { en: 'For tests.', de: 'Für Tests.' },
  icon: 'bug',
  category: { en: 'Tests', de: 'Tests' },
  engines: { plinth: '^1' },
  tier: 'free',
  permissions: [{ id: '${permission}', label: { en: 'See the screens', de: 'Die Seiten sehen' } }],
  roles: [{ id: 'user', label: { en: 'User', de: 'Nutzer' }, everyMember: true, grants: ['${permission}'] }],
  ui: {
    module: 'ui/index.ts',
    screens: ${JSON.stringify(screens.map((screen) => ({ id: screen, title: { en: `${id} ${screen}`, de: `${id} ${screen}` }, permission })))},
    navigation: ${JSON.stringify(screens.map((screen, index) => ({ screen, order: 900 + index })))},
  },
})
`
}

function plugin(
  id: string,
  screens: readonly string[],
  vouchedFor: string,
): readonly (readonly [string, string])[] {
  const integrity = `sha384-${createHash('sha384').update(vouchedFor).digest('base64')}`
  return [
    [`${id}/manifest.ts`, manifest(id, screens)],
    [`${id}/ui/index.ts`, '// Built already.\n'],
    [`${id}/dist/ui/index-1.js`, MODULE],
    [`${id}/dist/ui/module.json`, JSON.stringify({ entry: 'index-1.js', integrity })],
  ]
}

/**
 * Files of two plugins: `stumbler`, whose screens fail in every way a screen can, one excepted; and `tampered`, whose module is
 * not the one its build vouches for.
 */
export const STUMBLING_PLUGINS: Readonly<Record<string, string>> = Object.fromEntries([
  ...plugin('stumbler', SCREENS, MODULE),
  ...plugin('tampered', ['sound'], 'other bytes'),
])
