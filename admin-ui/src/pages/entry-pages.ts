import { html, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'

/** Pages of those who come by a link or cannot sign in, whoever may be signed in on this device. Each is loaded when it is opened. */
const PAGES: Readonly<Record<string, () => TemplateResult>> = {
  '/invitation': () => {
    void import('./accept-invitation.ts')
    return html`<pl-accept-invitation></pl-accept-invitation>`
  },
  '/forgotten': () => {
    void import('./ask-link.ts')
    return html`<pl-ask-link wish="reset"></pl-ask-link>`
  },
  '/forgotten/link': () => {
    void import('./ask-link.ts')
    return html`<pl-ask-link wish="link"></pl-ask-link>`
  },
  '/reset': () => {
    void import('./reset-password.ts')
    return html`<pl-reset-password></pl-reset-password>`
  },
  '/sign-in-link': () => {
    void import('./link-sign-in.ts')
    return html`<pl-link-sign-in></pl-link-sign-in>`
  },
}

/** The page at a path, made anew for each token behind #; undefined where there is none of these. */
export function entryPage(path: string): unknown {
  const page = PAGES[path]?.()
  return page && keyed(`${path}${location.hash}`, page)
}
