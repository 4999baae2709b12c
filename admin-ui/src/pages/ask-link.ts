import { html, nothing, type PropertyDeclarations } from 'lit'
import { api, asProblem, href, PlinthElement, type ApiProblem } from '@plinth/ui'
import { tenant, typedAddress } from '../session/state.ts'
import { t } from '../texts.ts'
import { entryFrame, entryMessage, entryNote } from './entry-frame.ts'
import { entryStyles } from './entry.styles.ts'

/** What is asked for: another password, or to be signed in. */
export type LinkWish = 'reset' | 'link'

const WISHES = {
  reset: {
    address: '/api/v1/session/password/forgotten',
    heading: 'reset.heading',
    text: 'reset.text',
    sent: 'reset.sent',
  },
  link: {
    address: '/api/v1/session/link',
    heading: 'link.heading',
    text: 'link.text',
    sent: 'link.sent',
  },
} as const

/** Asks for a link by mail. What comes of it is told to the reader of the mail alone. */
export class AskLink extends PlinthElement {
  static override properties: PropertyDeclarations = {
    wish: {},
    message: { state: true },
    sent: { state: true },
    busy: { state: true },
  }
  declare wish: LinkWish
  declare private message: string | undefined
  /** Minutes the link is good, once it is on its way. */
  declare private sent: number | undefined
  declare private busy: boolean

  static override styles = entryStyles

  get #input(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!
  }

  override firstUpdated(): void {
    document.title = [t(WISHES[this.wish].heading), tenant.value?.name].filter(Boolean).join(' · ')
    this.#input.value = typedAddress.value
    if (matchMedia('(pointer: fine)').matches) this.#input.focus()
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    const email = this.#input.value.trim()
    typedAddress.value = email
    if (!email) {
      this.message = t('ask.missing')
      this.#input.focus()
      return
    }
    this.busy = true
    this.message = undefined
    this.sent = undefined
    try {
      this.sent = (await api.post<{ minutes: number }>(WISHES[this.wish].address, { email })).minutes
    } catch (error) {
      this.message = why(asProblem(error))
    } finally {
      this.busy = false
    }
  }

  #outcome(): unknown {
    if (this.message) return entryMessage(this.message)
    if (this.sent === undefined) return html`<p class="lead">${t(WISHES[this.wish].text)}</p>`
    return html`${entryNote(t(WISHES[this.wish].sent, { email: typedAddress.value, count: this.sent }))}
      <p class="rule">${t('ask.nothing')}</p>`
  }

  override render(): unknown {
    return entryFrame(
      tenant.value?.name,
      html`<h1>${t(WISHES[this.wish].heading)}</h1>
        ${this.#outcome()}
        <form novalidate @submit=${this.#submit}>
          <div class="field">
            <label for="email">${t('signIn.email')}</label>
            <input
              id="email"
              name="email"
              type="email"
              autocomplete="username"
              autocapitalize="none"
              spellcheck="false"
              aria-invalid=${this.message !== undefined}
              aria-describedby=${this.message ? 'message' : nothing}
            />
          </div>
          <button class="pl-button primary submit" type="submit" ?disabled=${this.busy}>
            ${t(this.sent === undefined ? 'ask.submit' : 'ask.again')}
          </button>
        </form>
        <a class="other pl-link" href=${href('/')}>${t('signOn.back')}</a>`,
    )
  }
}

function why({ code, status }: ApiProblem): string {
  if (status === 422) return t('ask.missing')
  if (status === 429) return t('ask.wait')
  if (code === 'demo_account') return t('ask.demo')
  return t(status === 404 ? 'ask.notOffered' : 'signIn.unreachable')
}

customElements.define('pl-ask-link', AskLink)
