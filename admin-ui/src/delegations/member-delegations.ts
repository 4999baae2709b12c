import type { DelegationDocument } from '@plinth/sdk'
import { PlinthElement, Resource } from '@plinth/ui'
import { css, html, nothing } from 'lit'
import './delegation-list.ts'
import { fetchAll } from './delegations-api.ts'
import { t } from './texts.ts'
import { apiAccessStyles } from '../console/api-access/api-access.styles.ts'

/** Who stands in for whom in the workspace; nothing where nobody does. */
export class MemberDelegations extends PlinthElement {
  readonly #all = new Resource<readonly DelegationDocument[]>(this, (signal) => fetchAll({ signal }))

  static override styles = [
    apiAccessStyles,
    css`
      .pl-card {
        overflow: hidden;
        padding: 0 16px 4px;
      }
      /* Its first line is the edge of the card. */
      pl-delegation-list {
        display: block;
        margin-block-start: -1px;
      }
    `,
  ]

  override render(): unknown {
    return this.#all.render((items) =>
      items.length === 0
        ? nothing
        : html`<section aria-labelledby="heading">
            <div class="head"><h2 id="heading">${t('delegation.all')}</h2></div>
            <div class="pl-card">
              <pl-delegation-list
                .items=${items}
                @ended=${() => void this.#all.reload()}
              ></pl-delegation-list>
            </div>
          </section>`,
    )
  }
}

customElements.define('pl-member-delegations', MemberDelegations)
