import { href, PlinthElement } from '@plinth/ui'
import { html } from 'lit'
import { apiAccessStyles } from './api-access.styles.ts'
import './client-list.ts'
import './key-list.ts'
import { t } from './texts.ts'

/** How programs get into the workspace. */
export class ApiAccessPage extends PlinthElement {
  static override styles = apiAccessStyles

  override render(): unknown {
    return html`<pl-page-header heading=${t('access.title')} subheading=${t('access.intro')}>
        <a slot="actions" class="pl-button" href=${href('/api/v1/reference')}>
          <pl-icon name="code-xml"></pl-icon>${t('access.guide')}
        </a>
      </pl-page-header>
      <pl-key-list></pl-key-list>
      <pl-client-list></pl-client-list>`
  }
}

customElements.define('pl-api-access-page', ApiAccessPage)
