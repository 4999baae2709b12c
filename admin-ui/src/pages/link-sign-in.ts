import type { SessionDocument } from '@plinth/sdk'
import { html, type PropertyDeclarations } from 'lit'
import { api, asProblem, href, navigate, PlinthElement } from '@plinth/ui'
import { continueSession } from '../session/session.ts'
import { tenant } from '../session/state.ts'
import { t } from '../texts.ts'
import { entryFrame, entryMessage } from './entry-frame.ts'
import { entryStyles } from './entry.styles.ts'

const REASONS: Readonly<Record<string, 'link.elsewhere' | 'reset.gone' | 'signIn.refused'>> = {
  link_elsewhere: 'link.elsewhere',
  link_invalid: 'reset.gone',
  sign_in_refused: 'signIn.refused',
}

/** Signs in who has opened a link in mail. The page sends its token: who merely follows the link uses nothing up. */
export class LinkSignIn extends PlinthElement {
  static override properties: PropertyDeclarations = { message: { state: true } }
  declare private message: string | undefined

  static override styles = entryStyles

  override connectedCallback(): void {
    super.connectedCallback()
    document.title = [t('signOn.heading'), tenant.value?.name].filter(Boolean).join(' · ')
    void this.#open(location.hash.slice(1))
  }

  async #open(token: string): Promise<void> {
    try {
      const session = await api.post<SessionDocument>('/api/v1/session/link/open', { token })
      await navigate('/', { replace: true })
      await continueSession(session)
    } catch (error) {
      const { code } = asProblem(error)
      this.message = t(REASONS[code] ?? 'signIn.unreachable')
    }
  }

  override render(): unknown {
    return entryFrame(
      tenant.value?.name,
      this.message
        ? html`<h1>${t('signOn.refused')}</h1>
            ${entryMessage(this.message)}
            <a class="pl-button submit" href=${href('/forgotten/link')}>${t('reset.askAgain')}</a>
            <a class="other pl-link" href=${href('/')}>${t('signOn.back')}</a>`
        : html`<h1>${t('signOn.heading')}</h1>
            <p class="lead" role="status">${t('signOn.wait')}</p>`,
    )
  }
}

customElements.define('pl-link-sign-in', LinkSignIn)
