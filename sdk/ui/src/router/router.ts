import { signal } from '../element/signals.ts'
import { currentPath, resolve } from '../api/base.ts'

export interface Route<N extends string = string> {
  readonly name: N
  /** URLPattern path below the base, e.g. `/app/:plugin/:collection`. */
  readonly path: string
}

export interface Match<N extends string = string> {
  readonly name: N
  readonly params: Readonly<Record<string, string>>
  readonly path: string
}

/** The path below the base that is shown, without query. Follows every navigation. */
export const path = signal(currentPath())

/** The query of the shown address. */
export const query = signal(new URLSearchParams(location.search))

function follow(): void {
  query.value = new URLSearchParams(location.search)
  path.value = currentPath()
}

type Guard = (to: string) => boolean | Promise<boolean>
let guard: Guard | undefined

/** Asks before the screen is left, e.g. with unsaved changes. Returns how to take the question back. */
export function beforeLeave(ask: Guard): () => void {
  guard = ask
  return () => {
    if (guard === ask) guard = undefined
  }
}

/** Number of a step in the history, kept in its state: only it tells back from forward. */
function stepOf(state: unknown): number {
  return (state as { readonly step?: number } | null)?.step ?? 0
}

let step = stepOf(history.state)

/** Opens a path below the base. `replace` leaves no step back. */
export async function navigate(to: string, options: { readonly replace?: boolean } = {}): Promise<void> {
  const url = resolve(to)
  if (guard && url.pathname !== location.pathname && !(await guard(to))) return
  if (url.pathname !== location.pathname) guard = undefined
  if (options.replace) history.replaceState({ step }, '', url)
  else history.pushState({ step: ++step }, '', url)
  follow()
}

/** Follows the browser's back and forward. It has moved already when it tells: with a question open, it is put back first. */
async function popped(event: PopStateEvent): Promise<void> {
  const moved = stepOf(event.state) - step
  const asked = guard
  const leaving = currentPath() !== path.peek()
  const answer = asked && leaving && moved !== 0 ? asked(currentPath()) : true
  if (answer === true) {
    if (leaving) guard = undefined
    step += moved
    follow()
    return
  }
  // Back where it was: the next event finds nothing moved and changes nothing.
  history.go(-moved)
  if (!(await answer)) return
  if (guard === asked) guard = undefined
  history.go(moved)
}

/** Changes the query of the shown address without a step back; empty values leave it. */
export function setQuery(changes: Readonly<Record<string, string | null | undefined>>): void {
  const url = new URL(location.href)
  for (const [name, value] of Object.entries(changes)) {
    if (value) url.searchParams.set(name, value)
    else url.searchParams.delete(name)
  }
  history.replaceState({ step }, '', url)
  follow()
}

const patterns = new Map<string, URLPattern>()

function patternOf(pathname: string): URLPattern {
  let pattern = patterns.get(pathname)
  if (!pattern) patterns.set(pathname, (pattern = new URLPattern({ pathname })))
  return pattern
}

/** First route whose pattern fits; parameters are decoded. */
export function match<N extends string>(routes: readonly Route<N>[], at: string): Match<N> | null {
  for (const route of routes) {
    const found = patternOf(route.path).exec({ pathname: at })
    if (!found) continue
    const params: Record<string, string> = {}
    for (const [name, value] of Object.entries(found.pathname.groups)) {
      try {
        params[name] = decodeURIComponent(value ?? '')
      } catch {
        return null
      }
    }
    return { name: route.name, params, path: at }
  }
  return null
}

/** The link a plain click would follow within this origin. */
function linkOf(event: MouseEvent): HTMLAnchorElement | undefined {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement)
  const inside =
    link?.href && !link.target && !link.hasAttribute('download') && link.origin === location.origin
  return plain && inside && !event.defaultPrevented ? link : undefined
}

/** Takes over clicks on links below the base, in any shadow root, and the browser's back and forward. */
export function startRouter(): void {
  addEventListener('popstate', (event) => void popped(event))
  document.addEventListener('click', (event) => {
    const link = linkOf(event)
    const base = new URL(document.baseURI).pathname
    if (!link || !link.pathname.startsWith(base)) return
    const below = link.pathname.slice(base.length)
    // Files, other services and other workspaces below the same origin are real page loads; the reference of the API is a page.
    if (/^(api(?!\/v1\/reference$)|assets|plugin-assets|platform|healthz|t)(\/|$)/.test(below)) return
    if (link.hash && link.pathname === location.pathname) return
    event.preventDefault()
    void navigate(`/${below}${link.search}`)
  })
}
