import { html, nothing } from 'lit'
import { ApiProblem, common, href, path, PlinthElement } from '@plinth/ui'
import { explainRefusal } from '../explain/explain-refusal.ts'
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
      ${
        /^\/(app|admin)\//u.test(path.value)
          ? html`<button
              slot="action"
              type="button"
              class="pl-button"
              @click=${() => void explainRefusal(new ApiProblem({ status: 404, code: 'not_found' }))}
            >
              ${t('refusal.why')}
            </button>`
          : nothing
      }
      <a slot="action" class="pl-button" href=${href('/')}>${t('screen.home')}</a>
    </pl-empty>`
  }
}

customElements.define('pl-not-found', NotFound)
