import {
  api,
  common,
  defineTexts,
  fmt,
  navigate,
  type Catalog,
  type PluginUi,
  type ScreenHost,
  type Translate,
} from '@plinth/ui'
import { shell } from '../session/state.ts'

const translators = new WeakMap<PluginUi, Translate>()

function translatorOf(ui: PluginUi): Translate {
  let translate = translators.get(ui)
  if (!translate) {
    const catalogs: { en: Catalog; de: Catalog } = ui.catalogs
    translate = defineTexts<string>(catalogs, common as Translate)
    translators.set(ui, translate)
  }
  return translate
}

/** What a plugin's screen sees of the shell. `shell` is read from the signal, so screens follow its changes. */
export function hostFor(ui: PluginUi): ScreenHost {
  const current = (): NonNullable<typeof shell.value> => {
    if (!shell.value) throw new Error('Nobody is signed in.')
    return shell.value
  }
  return {
    api,
    fmt,
    t: translatorOf(ui),
    navigate: (path) => void navigate(path),
    get shell() {
      return current()
    },
    entity: (id) => current().entities[id],
  }
}
