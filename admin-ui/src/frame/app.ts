import { html, nothing, type PropertyDeclarations } from 'lit'
import { path, PlinthElement } from '@plinth/ui'
import { entryPage } from '../pages/entry-pages.ts'
import { failure, phase, waits } from '../session/state.ts'
import { start } from '../session/session.ts'
import './frame.ts'

/** The root: decides between splash, choice of workspace, sign-in and the frame. */
export class PlinthApp extends PlinthElement {
  static override properties: PropertyDeclarations = { entry: { state: true } }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('hashchange', this.#look)
    void start()
  }

  override disconnectedCallback(): void {
    removeEventListener('hashchange', this.#look)
    super.disconnectedCallback()
  }

  /** A link that is pasted where its page is open already. */
  readonly #look = (): void => this.requestUpdate()

  override render(): unknown {
    if (phase.value === 'signIn' || phase.value === 'ready') {
      const page = entryPage(path.value)
      if (page) return page
    }
    if (path.value === '/api/v1/oauth/authorize' && phase.value === 'ready') {
      void import('../consent/consent-page.ts')
      return html`<pl-consent-page></pl-consent-page>`
    }
    switch (phase.value) {
      case 'starting':
        return nothing
      case 'ready':
        return html`<pl-frame></pl-frame>`
      case 'signIn':
        void import('../pages/sign-in.ts')
        return html`<pl-sign-in></pl-sign-in>`
      case 'secondFactor':
        if (waits.value?.for === 'enrolment') {
          void import('../second-factor/enrolment.ts')
          return html`<pl-enrolment></pl-enrolment>`
        }
        if (waits.value?.for === 'password') {
          void import('../pages/renew-password.ts')
          return html`<pl-renew-password></pl-renew-password>`
        }
        void import('../second-factor/second-step.ts')
        return html`<pl-second-step></pl-second-step>`
      case 'signOn':
        void import('../pages/sign-on.ts')
        return html`<pl-sign-on></pl-sign-on>`
      case 'workspaces':
        void import('../pages/workspaces.ts')
        return html`<pl-workspaces></pl-workspaces>`
      default:
        return html`<main class="alone">
          <pl-error page .error=${failure.value ?? undefined} @retry=${() => void start()}></pl-error>
        </main>`
    }
  }
}

customElements.define('plinth-app', PlinthApp)
