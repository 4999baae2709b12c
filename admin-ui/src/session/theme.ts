import { applyTenantTheme } from '@plinth/ui'

/** Shows the tenant's colours and keeps them for the first paint of the next visit (see index.html). */
export function showTenantColours(hue: number): void {
  applyTenantTheme(hue)
  const { style } = document.documentElement
  const names = ['--pl-accent-l', '--pl-accent-c', '--pl-accent-h', '--pl-neutral-c', '--pl-neutral-h']
  const colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)]))
  try {
    localStorage.setItem(`plinth.theme:${document.baseURI}`, JSON.stringify(colours))
  } catch {
    // The next visit then begins in the standard colours.
  }
}
