import type { Page } from 'playwright-core'

/** What the page itself is wider than its window by, in CSS pixels. Parts that scroll by themselves do not count. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate<number>(
    `Math.max(0, ...[document.documentElement, document.body, document.querySelector('main')]
      .filter(Boolean).map((element) => element.scrollWidth - element.clientWidth))`,
  )
}
