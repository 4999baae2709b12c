import { html, type PropertyDeclarations } from 'lit'
import type { SignedOnDocument } from '@plinth/sdk'
import { api, asProblem, navigate, path, PlinthElement, query, toast } from '@plinth/ui'
import { goToProvider } from '../session/providers.ts'
import { backToStart, start } from '../session/session.ts'
import { tenant } from '../session/state.ts'
import { t } from '../texts.ts'
import { entryFrame, entryMessage } from './entry-frame.ts'
import { entryStyles } from './entry.styles.ts'

const REASONS = [
  'not_onboarded',
  'account_exists',
  'identity_differs',
  'member_inactive',
  'limit_exceeded',
  'sign_in_refused',
  'provider_unreachable',
  'not_found',
] as const

/** Where people come back to from a provider. Without an answer of one, it goes there first. */
export class SignOn extends PlinthElement {
  static override properties: PropertyDeclarations = { reason: { state: true } }
  declare private reason: string | undefined

  static override styles = entryStyles

  #provider = ''

  override connectedCallback(): void {
    super.connectedCallback()
    this.#provider = path.value.split('/')[2] ?? ''
    void this.#go(Object.fromEntries(query.value))
  }

  override firstUpdated(): void {
    document.title = [t('signOn.heading'), tenant.value?.name].filter(Boolean).join(' · ')
  }

  async #go(parameters: Readonly<Record<string, string>>): Promise<void> {
    // The answer is good once, and no business of whoever sees the address later.
    history.replaceState(history.state, '', location.pathname)
    try {
      if (!['code', 'error', 'posted', 'state'].some((name) => name in parameters))
        return await goToProvider(this.#provider, parameters['returnTo'] ?? '/')
      const { returnTo, confirmed } = await api.post<SignedOnDocument>('/api/v1/auth/callback', {
        provider: this.#provider,
        parameters,
      })
      await navigate(returnTo, { replace: true })
      await start()
      if (confirmed) toast(t('signOn.confirmed'), { tone: 'positive' })
    } catch (error) {
      const { code } = asProblem(error)
      const reason = REASONS.find((each) => each === code)
      this.reason = t(
        reason
          ? `signOn.${reason}`
          : parameters['error'] === 'access_denied'
            ? 'signOn.cancelled'
            : 'signOn.failed',
      )
    }
  }

  override render(): unknown {
    return entryFrame(
      tenant.value?.name,
      this.reason
        ? html`<h1>${t('signOn.refused')}</h1>
            ${entryMessage(this.reason)}
            <button class="pl-button primary submit" type="button" @click=${() => void this.#go({})}>
              ${t('signOn.again')}
            </button>
            <button class="pl-button" type="button" @click=${() => void backToStart()}>
              ${t('signOn.back')}
            </button>`
        : html`<h1>${t('signOn.heading')}</h1>
            <p class="lead" role="status">${t('signOn.wait')}</p>`,
    )
  }
}

customElements.define('pl-sign-on', SignOn)
