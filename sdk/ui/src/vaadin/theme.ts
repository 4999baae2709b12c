import { rules, tokens } from 'virtual:aura'
import map from '../theme/aura-map.css?inline'
import { elementRules } from '../theme/element-rules.ts'
import { vaadinRules } from './rules.ts'

function sheet(text: string): CSSStyleSheet {
  const made = new CSSStyleSheet()
  made.replaceSync(text)
  return made
}

let loaded = false

/** Brings Aura into the page with the first Vaadin element: tokens once, element rules into every shadow root. */
export function loadVaadinTheme(): void {
  if (loaded) return
  loaded = true
  document.adoptedStyleSheets.push(sheet(tokens), sheet(map))
  if (!document.adoptedStyleSheets.includes(elementRules)) document.adoptedStyleSheets.push(elementRules)
  elementRules.replaceSync(rules + vaadinRules)
}
