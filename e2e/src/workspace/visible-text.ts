import type { Page } from 'playwright-core'

/** Everything a person or a screen reader is told: texts, labels, titles and placeholders, in all shadow roots. Not code, which is for programs. */
const COLLECT = `(() => {
  const found = []
  const attributes = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'label']
  const visit = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        const parent = node.parentElement?.localName
        if (parent !== 'style' && parent !== 'script' && parent !== 'code' && node.data.trim()) found.push(node.data.trim())
        continue
      }
      if (node.nodeType !== Node.ELEMENT_NODE) continue
      for (const name of attributes) if (node.hasAttribute(name)) found.push(node.getAttribute(name).trim())
      if (node.shadowRoot) visit(node.shadowRoot)
    }
  }
  visit(document.body)
  return [document.title, ...found]
})()`

/** A key of a catalog, e.g. `board.subheading`; not an address, a file or an e-mail. */
const KEY = /^[a-z][a-zA-Z]*(\.[a-z][a-zA-Z0-9]*)+$/
/** What is left when a value was forgotten. */
const LEFTOVER = /\bundefined\b|\[object |\bNaN\b|\{\w+(, (plural|number|date|select)\b|\})/

/** Texts that no person should see: keys without a translation, unfilled gaps, values of no use. */
export async function unfinishedTexts(page: Page): Promise<string[]> {
  const texts = await page.evaluate<string[]>(COLLECT)
  return [...new Set(texts.filter((text) => KEY.test(text) || LEFTOVER.test(text)))]
}
