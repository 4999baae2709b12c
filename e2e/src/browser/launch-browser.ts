import { chromium, type Browser } from 'playwright-core'
import { bundledChromium, bundledChromiumRuns } from './bundled-chromium.ts'
import { systemChromium } from './system-chromium.ts'

/** A browser that talks to nobody but the pages it is sent to. */
const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Starts a headless Chromium: one of this machine, else the one among the dependencies. The caller closes it.
 *
 * @throws Error with what to install, on a machine that has none and for which none is bundled.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = systemChromium()
  if (executablePath) {
    try {
      return await chromium.launch({ executablePath, args: QUIET })
    } catch (error) {
      // What lies there may be a mere pointer to a package that is not installed.
      if (!bundledChromiumRuns) throw error
    }
  }
  if (!bundledChromiumRuns) {
    throw new Error(
      'The browser tests need Chromium or Chrome. Install one, or name its program in PLINTH_TEST_CHROMIUM.',
    )
  }
  return launchBundled()
}

/** Starts the Chromium among the dependencies, whatever else this machine has. */
export async function launchBundled(): Promise<Browser> {
  const { args = [], ...options } = bundledChromium()
  return chromium.launch({ ...options, args: [...args, ...QUIET] })
}
