import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundledChromiumRuns } from './bundled-chromium.ts'
import { launchBrowser, launchBundled } from './launch-browser.ts'

const page = (
  color: string,
) => `<!doctype html><html lang="de"><body style="color: ${color}; background: white">
  <span>Grüße aus Köln</span><script>document.body.dataset.ran = 'yes'</script></body></html>`

describe.each([
  { name: 'the browser that tests use', launch: launchBrowser, runs: true },
  { name: 'the bundled browser', launch: launchBundled, runs: bundledChromiumRuns },
])('$name', ({ launch, runs }) => {
  let browser: Browser

  beforeAll(async () => {
    if (runs) browser = await launch()
  })
  afterAll(() => browser?.close())

  test.runIf(runs)('lays text out and paints it', async () => {
    const tab = await browser.newPage()
    await tab.setContent(page('black'))
    expect(await tab.locator('span').evaluate((span) => span.getBoundingClientRect().width)).toBeGreaterThan(
      20,
    )
    const painted = await tab.screenshot()
    await tab.setContent(page('white'))
    expect(painted.equals(await tab.screenshot())).toBe(false)
  })

  test.runIf(runs)('runs scripts of a page that this machine serves under a host of its own', async () => {
    const server = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end(page('black')),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const tab = await browser.newPage()
      await tab.goto(`http://acme.localhost:${(server.address() as AddressInfo).port}/`)
      expect(await tab.locator('body').getAttribute('data-ran')).toBe('yes')
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })
})
