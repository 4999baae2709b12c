export interface CodeBlock {
  /** What stands behind the opening fence, e.g. `sh`. */
  readonly language: string
  readonly code: string
}

const FENCED = /^```(\w*)\n([^]*?)^```$/gm

export function codeBlocks(text: string): CodeBlock[] {
  return [...text.matchAll(FENCED)].map(([, language = '', code = '']) => ({ language, code }))
}

/** What stands between single backticks, outside of code blocks. */
export function inlineCode(text: string): string[] {
  return [...text.replaceAll(FENCED, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
}

/** Targets of links and pictures, outside of code. */
export function links(text: string): string[] {
  const prose = text.replaceAll(FENCED, '').replaceAll(/`[^`\n]+`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
}
