import { computed, signal } from '../element/signals.ts'

export type SchemeChoice = 'auto' | 'light' | 'dark'

const KEY = 'plinth.scheme'
const dark = matchMedia('(prefers-color-scheme: dark)')
const systemDark = signal(dark.matches)
dark.addEventListener('change', (event) => (systemDark.value = event.matches))

function stored(): SchemeChoice {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'auto'
  } catch {
    return 'auto'
  }
}

/** What the person chose on this device; `auto` follows the system. */
export const schemeChoice = signal<SchemeChoice>(stored())

/** What is shown. */
export const scheme = computed<'light' | 'dark'>(() =>
  schemeChoice.value === 'auto' ? (systemDark.value ? 'dark' : 'light') : schemeChoice.value,
)

/** Shows the scheme and remembers it on this device. */
export function chooseScheme(choice: SchemeChoice): void {
  schemeChoice.value = choice
  try {
    if (choice === 'auto') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, choice)
  } catch {
    // Storage may be blocked: the choice then lasts as long as the page.
  }
}

/** Puts the scheme on the document; `light-dark()` in every shadow root follows. */
export function applyScheme(): void {
  document.documentElement.style.colorScheme =
    schemeChoice.value === 'auto' ? 'light dark' : schemeChoice.value
}
