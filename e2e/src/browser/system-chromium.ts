import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Program of a Chromium on this machine: the one PLINTH_TEST_CHROMIUM names, else one in a usual place. */
export function systemChromium(): string | undefined {
  const named = process.env['PLINTH_TEST_CHROMIUM']
  if (named) return named
  return PLACES.find((path) => existsSync(path))
}
