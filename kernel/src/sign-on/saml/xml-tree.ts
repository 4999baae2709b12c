import type { UnreachableReason } from '@plinth/sdk'
import type { SaxesTagNS } from 'saxes'

/** Names of SAML and of signatures in XML. */
export const NAMESPACES = {
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  encryption: 'http://www.w3.org/2001/04/xmlenc#',
} as const

const DEEPEST = 40
const MOST_ELEMENTS = 20_000

export interface XmlElement {
  /** Without prefix. */
  readonly name: string
  readonly namespace: string
  /** Those without a prefix. */
  readonly attributes: ReadonlyMap<string, string>
  /** All that could be taken for an identifier, with or without prefix and however written. */
  readonly ids: readonly string[]
  readonly parent: XmlElement | undefined
  readonly children: readonly XmlElement[]
  /** The text in it, not that in its children. */
  readonly text: string
}

/** XML that is not taken; the message says why, in words of ours. */
export class XmlRefused extends Error {
  /** The same for those who look after the provider, where it is metadata. */
  readonly reason: UnreachableReason

  constructor(message: string, reason: UnreachableReason = 'metadata_unreadable') {
    super(message)
    this.reason = reason
  }
}

/**
 * Reads XML that anyone may have written. Document types are refused, and with them entities of their own; of what is left nothing
 * grows while reading.
 *
 * @param onlyData refuses comments and processing instructions too, which programs disagree about
 * @throws XmlRefused
 */
export async function readXml(xml: string, { onlyData = false } = {}): Promise<XmlElement> {
  const { SaxesParser } = await import('saxes')
  const parser = new SaxesParser({ xmlns: true })
  const open: Growing[] = []
  let root: XmlElement | undefined
  let count = 0
  const add = (text: string) => {
    const element = open.at(-1)
    if (element) element.text += text
  }
  const refuse = (what: string) => () => {
    throw new XmlRefused(what)
  }
  parser.on('error', refuse('It is not well-formed XML.'))
  parser.on('doctype', refuse('It holds a document type.'))
  if (onlyData) {
    parser.on('comment', refuse('It holds a comment.'))
    parser.on('processinginstruction', refuse('It holds a processing instruction.'))
  }
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') refuse('It is not written in UTF-8.')()
  })
  parser.on('opentag', (tag) => {
    count += 1
    if (open.length >= DEEPEST || count > MOST_ELEMENTS) refuse('It is too large.')()
    const element = grow(tag, open.at(-1))
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => open.pop())
  parser.on('text', add)
  parser.on('cdata', add)
  parser.write(xml).close()
  if (!root) throw new XmlRefused('It is empty.')
  return root
}

interface Growing extends XmlElement {
  children: Growing[]
  text: string
}

function grow({ local, uri, attributes }: SaxesTagNS, parent: Growing | undefined): Growing {
  const all = Object.values(attributes)
  return {
    name: local,
    namespace: uri,
    attributes: new Map(all.filter(({ prefix }) => prefix === '').map((each) => [each.local, each.value])),
    ids: all.filter((each) => each.local.toLowerCase() === 'id').map(({ value }) => value),
    parent,
    children: [],
    text: '',
  }
}

/** An element and all within it. */
export function* everyElement(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) yield* everyElement(child)
}

/** Those directly in an element. */
export function childrenOf(
  element: XmlElement | undefined,
  namespace: keyof typeof NAMESPACES,
  name: string,
): readonly XmlElement[] {
  return (element?.children ?? []).filter((each) => isNamed(each, namespace, name))
}

/** The one directly in an element. @throws XmlRefused when there is none, or more than one */
export function onlyChild(element: XmlElement, namespace: keyof typeof NAMESPACES, name: string): XmlElement {
  const [found, ...more] = childrenOf(element, namespace, name)
  if (!found || more.length > 0) throw new XmlRefused(`It has not exactly one ${name}.`)
  return found
}

export function isNamed(element: XmlElement, namespace: keyof typeof NAMESPACES, name: string): boolean {
  return element.name === name && element.namespace === NAMESPACES[namespace]
}
