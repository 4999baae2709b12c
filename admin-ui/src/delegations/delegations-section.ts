import { PlinthElement, Resource } from '@plinth/ui'
import type { DelegationsDocument } from '@plinth/sdk'
import { css, html, nothing } from 'lit'
import { listSectionStyles } from '../account/list-section.styles.ts'
import './delegation-dialog.ts'
import type { DelegationDialog } from './delegation-dialog.ts'
import './delegation-list.ts'
import { fetchOwn } from './delegations-api.ts'
import { t } from './texts.ts'

/** Who stands in for oneself, and for whom one stands in; nothing where there is neither and one may not have it. */
export class DelegationsSection extends PlinthElement {
  readonly #own = new Resource<DelegationsDocument>(this, (signal) => fetchOwn({ signal }))

  static override styles = [
    listSectionStyles,
    css`
      p {
        margin-block-end: 8px;
      }
    `,
  ]

  #content({ items, roles }: DelegationsDocument): unknown {
    if (items.length === 0 && roles.length === 0) return nothing
    return html`<section class="pl-card">
        <h2>${t('delegation.title')}</h2>
        <p>
          ${t(roles.length > 0 ? 'delegation.intro' : 'delegation.intro.receiver')}
          ${items.length === 0 ? t('delegation.none') : nothing}
        </p>
        <pl-delegation-list .items=${items} @ended=${() => void this.#own.reload()}></pl-delegation-list>
        ${
          roles.length > 0
            ? html`<button
                type="button"
                class="pl-button all"
                @click=${() =>
                  void this.renderRoot.querySelector<DelegationDialog>('pl-delegation-dialog')?.show()}
              >
                ${t('delegation.new')}
              </button>`
            : nothing
        }
      </section>
      <pl-delegation-dialog .roles=${roles} @made=${() => void this.#own.reload()}></pl-delegation-dialog>`
  }

  override render(): unknown {
    return this.#own.render((document) => this.#content(document))
  }
}

customElements.define('pl-delegations-section', DelegationsSection)
