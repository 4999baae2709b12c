import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postcss, { type Container } from 'postcss'

const AURA = dirname(fileURLToPath(import.meta.resolve('@vaadin/aura/aura.css')))

/** Rules for elements Plinth does not ship, and document typography that would restyle our own headings. */
const LEFT_OUT = /\/(ai-field-marker|charts|crud|dashboard|login|rich-text-editor|InstrumentSans)\.css$/
const DOCUMENT_SELECTOR = /^(:where\()?(:root|html|body)\)?$/
const HOST_SELECTOR = /^(:where\()?:host\)?$/
const TYPOGRAPHY_SELECTOR = /^:where\((h\d|a:any-link|b|strong)\b/

/** The two halves of Aura: what the document declares once, and what every shadow root needs again. */
export interface AuraParts {
  readonly tokens: string
  readonly rules: string
}

/** Aura's files in order of import, with the imports resolved. */
async function flatten(file: string): Promise<string> {
  if (LEFT_OUT.test(file)) return ''
  const text = await readFile(file, 'utf8')
  const parts: string[] = []
  const rest = text.replace(/@import\s+'([^']+)';/g, (_, path: string) => {
    parts.push(join(dirname(file), path))
    return ''
  })
  const imported = await Promise.all(parts.map(flatten))
  return [...imported, rest].join('\n')
}

/** Keeps the selectors a half asks for; a rule left without any is removed. */
function keepSelectors(node: Container, keep: (selector: string) => boolean): void {
  node.each((child) => {
    if (child.type === 'rule') {
      const kept = child.selectors.filter(keep)
      if (kept.length === 0) child.remove()
      else child.selectors = kept
    } else if (child.type === 'atrule' && child.nodes) {
      if (child.name === 'scope') child.remove()
      else if (child.name !== 'font-face' && child.name !== 'keyframes') keepSelectors(child, keep)
      if (child.nodes?.length === 0) child.remove()
    } else if (child.type === 'comment') child.remove()
  })
}

/**
 * Splits Aura. A shadow root that adopted the whole theme would declare every token again on its host and undo the
 * tenant's colours; so the tokens stay with the document and only the element rules travel.
 */
export async function splitAura(): Promise<AuraParts> {
  const source = await flatten(join(AURA, 'aura.css'))
  const tokens = postcss.parse(source)
  keepSelectors(tokens, (selector) => DOCUMENT_SELECTOR.test(selector))
  const rules = postcss.parse(source)
  keepSelectors(
    rules,
    (selector) =>
      !DOCUMENT_SELECTOR.test(selector) &&
      !HOST_SELECTOR.test(selector) &&
      !TYPOGRAPHY_SELECTOR.test(selector),
  )
  return { tokens: tokens.toString(), rules: rules.toString() }
}
