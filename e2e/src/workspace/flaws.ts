import { violations, type Violation } from './accessibility.ts'
import { sidewaysOverflow } from './overflow.ts'
import { unfinishedTexts } from './visible-text.ts'
import type { Visitor } from './visitor.ts'

/** Places named per broken rule. */
const SHOWN = 4
/** The rules that another colour scheme can break. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/**
 * All that is wrong with what stands on the screen now: accessibility, the colours of the other scheme too, texts that were never meant to be read, a page wider
 * than its window, and faults of the browser since the last time. Empty on a sound screen.
 */
export async function flaws(visitor: Visitor): Promise<string[]> {
  const { page } = visitor
  await visitor.settled()
  const found = (await violations(page)).map(describeViolation)
  const other = visitor.scheme === 'light' ? 'dark' : 'light'
  await page.emulateMedia({ colorScheme: other })
  found.push(...(await violations(page, COLOUR_RULES)).map((each) => `${other}: ${describeViolation(each)}`))
  await page.emulateMedia({ colorScheme: visitor.scheme })
  found.push(...(await unfinishedTexts(page)).map((text) => `unfinished text: ${text}`))
  const overflow = await sidewaysOverflow(page)
  if (overflow > 0) found.push(`the page is ${overflow} px wider than its window`)
  return [...found, ...visitor.faults.splice(0)]
}

function describeViolation({ rule, where }: Violation): string {
  const more = where.length > SHOWN ? ` | … and ${where.length - SHOWN} more` : ''
  return `${rule} at ${where.slice(0, SHOWN).join(' | ')}${more}`
}
