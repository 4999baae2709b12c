import axe from 'axe-core'
import type { Page } from 'playwright-core'

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** One rule that is broken, and where. Short, so that a failed test can be read. */
export interface Violation {
  readonly rule: string
  readonly where: readonly string[]
}

interface Finding {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
}

/** Ends what is still changing, in all shadow roots: in between, colours are those of neither state. */
const SETTLE = `Promise.all((function running(root) {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...element.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity),
    ...(element.shadowRoot ? running(element.shadowRoot) : []),
  ])
})(document).map((animation) => animation.finished.catch(() => undefined))).then(() => undefined)`

/**
 * What axe finds wrong with the page as it stands: WCAG 2.2 AA and best practice, open dialogs and shadow roots included.
 *
 * @param rules only these rules, e.g. the ones that another colour scheme can break
 */
export async function violations(page: Page, rules?: readonly string[]): Promise<Violation[]> {
  // Evaluated, not inserted: the page's content policy forbids foreign script elements.
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe.source)
  await page.evaluate(SETTLE)
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: STANDARDS }
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] })
  const { violations: found } = await page.evaluate<{ violations: Finding[] }>(`axe.run(${options})`)
  return found.map(({ id, nodes }) => ({
    rule: id,
    where: nodes.map(
      ({ target, failureSummary = '' }) => `${target.flat().join(' >>> ')}: ${failureSummary}`,
    ),
  }))
}
