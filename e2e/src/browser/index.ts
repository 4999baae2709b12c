export { launchBrowser } from './launch-browser.ts'
export type { Browser, Locator, Page } from 'playwright-core'
