import { PlinthElement } from '@plinth/ui'
import { css, html } from 'lit'
import '../consent/connected-apps.ts'
import '../second-factor/second-factors.ts'
import '../delegations/delegations-section.ts'
import './password-section.ts'
import './profile-section.ts'
import '../explain/rights-section.ts'
import './sessions-section.ts'
import { shell } from '../session/state.ts'
import { t } from '../texts.ts'

/** What belongs to whoever is signed in. */
export class AccountPage extends PlinthElement {
  static override styles = css`
    .sections {
      display: grid;
      gap: 18px;
      max-width: calc(720px + 2 * var(--pl-gutter));
      padding: 4px var(--pl-gutter) 48px;
    }
  `

  override render(): unknown {
    return html`<pl-page-header
        heading=${t('account.title')}
        subheading=${t('account.intro')}
      ></pl-page-header>
      ${shell.value?.viewing ? html`<p class="sections">${t('account.viewing')}</p>` : this.#sections()}`
  }

  #sections(): unknown {
    return html`<div class="sections">
      <pl-profile-section></pl-profile-section><pl-password-section></pl-password-section
      ><pl-second-factors></pl-second-factors><pl-sessions-section></pl-sessions-section
      ><pl-delegations-section></pl-delegations-section><pl-connected-apps></pl-connected-apps
      ><pl-rights-section></pl-rights-section>
    </div>`
  }
}

customElements.define('pl-account-page', AccountPage)
