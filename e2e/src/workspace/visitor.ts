import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { ask, type Reply } from '../platform/index.ts'
import { WORDS, type Language, type Words } from './words.ts'

export const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const

export interface VisitorOptions {
  /** Address of the workspace without trailing slash, e.g. `http://acme.localhost:4000`. */
  readonly origin: string
  readonly size?: keyof typeof SIZES
  readonly language?: Language
  readonly scheme?: 'light' | 'dark'
}

/** The browser reports this of every start of a page without a session; it is the question whether there is one. */
const NO_SESSION = /status of 401/

/** Someone with a browser of their own, cookies and all, at one workspace. */
export class Visitor {
  readonly page: Page
  readonly context: BrowserContext
  readonly words: Words
  readonly language: Language
  readonly scheme: 'light' | 'dark'
  readonly isNarrow: boolean
  readonly origin: string
  /** What went wrong in the browser unnoticed: uncaught errors, errors on the console, answers of 500 and more. */
  readonly faults: string[] = []
  /** Addresses the browser has asked for, in their order. */
  readonly requests: string[] = []

  private constructor(context: BrowserContext, page: Page, options: Required<VisitorOptions>) {
    this.context = context
    this.page = page
    this.origin = options.origin
    this.language = options.language
    this.words = WORDS[options.language]
    this.scheme = options.scheme
    this.isNarrow = options.size === 'narrow'
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => this.faults.push(`uncaught: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error' && !NO_SESSION.test(message.text()))
        this.faults.push(`console: ${message.text()} ${message.location().url}`)
    })
    page.on('response', (response) => {
      if (response.status() >= 500) this.faults.push(`${response.status()} ${response.url()}`)
    })
    page.on('request', (request) => this.requests.push(request.url()))
  }

  static async arrive(browser: Browser, given: VisitorOptions): Promise<Visitor> {
    const options = { size: 'wide', language: 'en', scheme: 'light', ...given } as const
    const context = await browser.newContext({
      viewport: SIZES[options.size],
      hasTouch: options.size === 'narrow',
      locale: options.language === 'de' ? 'de-DE' : 'en-GB',
      colorScheme: options.scheme,
      // What is still moving has colours and places of its own for a moment.
      reducedMotion: 'reduce',
    })
    return new Visitor(context, await context.newPage(), options)
  }

  /** Opens an address below the workspace anew, as from a bookmark. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.origin}${path}`)
  }

  /** Chooses the language on the sign-in page, where it is not the one already. */
  async speak(): Promise<void> {
    const page = this.page.locator('pl-sign-in')
    await page.getByRole('heading', { level: 1 }).waitFor()
    const button = page.getByRole('button', { name: new RegExp(`\\b${this.words.language}\\b`) })
    if ((await button.count()) > 0) await button.click()
    await page.getByRole('heading', { level: 1, name: this.words.signIn }).waitFor()
  }

  /** Fills in the sign-in page and sends it. */
  async enter(email: string, password: string): Promise<void> {
    await this.page.getByLabel(this.words.email, { exact: true }).fill(email)
    await this.page.getByLabel(this.words.password, { exact: true }).fill(password)
    await this.page.getByRole('button', { name: this.words.signIn, exact: true }).click()
  }

  /** Comes to the workspace and signs in. */
  async signIn({ email, password }: { email: string; password: string }, path = '/'): Promise<void> {
    await this.open(path)
    await this.speak()
    await this.enter(email, password)
    await this.ready()
  }

  /** Waits until the screen stands: it has a heading, and nothing in it is a skeleton any more. */
  async ready(): Promise<void> {
    await this.page.locator('pl-outlet').getByRole('heading').first().waitFor()
    await this.page.locator('pl-outlet pl-skeleton:visible').first().waitFor({ state: 'hidden' })
    await this.settled()
  }

  /** Waits until no list is pale any more because another one is on its way. */
  async settled(): Promise<void> {
    await this.page.locator('.stale').first().waitFor({ state: 'detached' })
  }

  /** The navigation; on a narrow window it is opened first. */
  async navigation(): Promise<Locator> {
    const navigation = this.page.getByRole('navigation', { name: this.words.mainNavigation })
    if (this.isNarrow && !(await navigation.isVisible()))
      await this.page.getByRole('button', { name: this.words.openMenu }).click()
    await navigation.waitFor()
    return navigation
  }

  /** An entry of the navigation by its name. */
  async entry(name: string): Promise<Locator> {
    return (await this.navigation()).getByRole('link', { name, exact: true })
  }

  /** Goes somewhere by the navigation. */
  async choose(name: string): Promise<void> {
    await (await this.entry(name)).click()
    await this.ready()
  }

  /** Closes the drawer of a narrow window. */
  async closeNavigation(): Promise<void> {
    if (this.isNarrow) await this.page.keyboard.press('Escape')
  }

  /** Asks the API in this session, over HTTP. Paths count from `/api/v1`. */
  async api(path: string): Promise<Reply> {
    const cookies = await this.context.cookies(this.origin)
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    return ask(`${this.origin}/api/v1${path}`, { cookie })
  }

  leave(): Promise<void> {
    return this.context.close()
  }
}
