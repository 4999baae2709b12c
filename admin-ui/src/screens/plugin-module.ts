import { resolve, type PluginUi, type ScreenClass } from '@plinth/ui'

interface Module {
  readonly url: string
  readonly integrity: string
}

const modules = new Map<string, Promise<PluginUi>>()
const classes = new Map<ScreenClass, string>()

/** Lets the browser refuse a module whose bytes are not those the server vouches for. */
function vouch(url: string, integrity: string): void {
  const map = document.createElement('script')
  map.type = 'importmap'
  map.nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
  map.textContent = JSON.stringify({ integrity: { [url]: integrity } })
  document.head.append(map)
}

async function load(module: Module, attempt: number): Promise<PluginUi> {
  const url = resolve(module.url)
  // Browsers remember a failed import by its address; another attempt needs another one.
  if (attempt > 0) url.searchParams.set('attempt', String(attempt))
  vouch(url.href, module.integrity)
  const loaded = (await import(/* @vite-ignore */ url.href)) as { ui?: PluginUi }
  if (!loaded.ui) throw new Error(`${module.url} does not export \`ui\`.`)
  return loaded.ui
}

let attempts = 0

/** Loads a plugin's browser module once per version. */
function pluginUi(module: Module): Promise<PluginUi> {
  let loading = modules.get(module.url)
  if (!loading) {
    loading = load(module, attempts)
    modules.set(module.url, loading)
    loading.catch(() => {
      attempts++
      modules.delete(module.url)
    })
  }
  return loading
}

/** The tag of a screen class. After an upgrade the new class takes a tag of its own, because tags are never given back. */
function tagOf(plugin: string, screen: string, ScreenElement: ScreenClass): string {
  const known = classes.get(ScreenElement)
  if (known) return known
  const name = `plg-${plugin}-${screen}`
  let tag = name
  for (let version = 2; customElements.get(tag); version++) tag = `${name}-v${version}`
  customElements.define(tag, ScreenElement)
  classes.set(ScreenElement, tag)
  return tag
}

/** Makes the element of a plugin's screen, loading its code when it is opened for the first time. */
export async function pluginScreen(
  module: Module,
  plugin: string,
  screen: string,
): Promise<[ScreenClass, PluginUi]> {
  const ui = await pluginUi(module)
  const loadScreen = ui.screens[screen]
  if (!loadScreen) throw new Error(`The module of ${plugin} has no screen \`${screen}\`.`)
  const ScreenElement = await loadScreen()
  tagOf(plugin, screen, ScreenElement)
  return [ScreenElement, ui]
}
