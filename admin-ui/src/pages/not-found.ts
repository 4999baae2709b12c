import { html } from 'lit'
import { common, href, PlinthElement } from '@plinth/ui'
import { t } from '../texts.ts'

/** An address behind which this member has nothing. */
export class NotFound extends PlinthElement {
  override render(): unknown {
    return html`<pl-empty
      page
      icon="search-x"
      heading=${common('error.missing.heading')}
      text=${common('error.missing.text')}
    >
      <a slot="action" class="pl-button" href=${href('/')}>${t('screen.home')}</a>
    </pl-empty>`
  }
}

customElements.define('pl-not-found', NotFound)
