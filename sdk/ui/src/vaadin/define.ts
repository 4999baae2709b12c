import { localise } from './languages.ts'
import { repair } from './repairs.ts'
import { loadVaadinTheme } from './theme.ts'

interface VaadinGlobal {
  Vaadin?: { featureFlags?: Record<string, boolean> }
}

// Elements read their feature flags without asking whether there are any.
const page = globalThis as VaadinGlobal
page.Vaadin ??= {}
page.Vaadin.featureFlags ??= {}

/** What the elements tell about themselves. */
export interface VaadinClass extends CustomElementConstructor {
  readonly is: string
  readonly experimental?: boolean | string
}

/**
 * Takes the place of Vaadin's own definition function in the build: every element passes here once, so theme, languages
 * and accessibility repairs need no line in shell or plugins.
 */
export function defineCustomElement(CustomElement: VaadinClass, version = '25.3.0'): void {
  loadVaadinTheme()
  Object.defineProperty(CustomElement, 'version', { get: () => version })
  if (customElements.get(CustomElement.is)) {
    console.error(
      `<${CustomElement.is}> is defined twice. Import Vaadin elements by their package names only.`,
    )
    return
  }
  localise(CustomElement)
  repair(CustomElement)
  customElements.define(CustomElement.is, CustomElement)
}
