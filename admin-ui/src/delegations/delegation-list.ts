import type { DelegationDocument } from '@plinth/sdk'
import { asProblem, confirm, fmt, pick, PlinthElement, toast } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { listStyles } from '../account/list-section.styles.ts'
import { toastProblem } from '../toast-problem.ts'
import { endDelegation } from './delegations-api.ts'
import { t } from './texts.ts'

/**
 * Who stands in for whom, with which roles and until when, and how that is ended.
 *
 * @fires ended when one was ended
 */
export class DelegationList extends PlinthElement {
  static override properties: PropertyDeclarations = { items: { attribute: false } }
  declare items: readonly DelegationDocument[]

  static override styles = [
    listStyles,
    css`
      strong {
        font-weight: 550;
      }
      .past strong {
        color: var(--pl-text-2);
      }
    `,
  ]

  constructor() {
    super()
    this.items = []
  }

  async #end({ id, giver, receiver }: DelegationDocument): Promise<void> {
    const names = { giver: giver.label, receiver: receiver.label }
    const sure = await confirm({
      heading: t('delegation.end.heading', names),
      text: t('delegation.end.text'),
      confirm: t('delegation.end'),
      danger: true,
    })
    if (!sure) return
    try {
      await endDelegation(id)
      toast(t('delegation.ended'), { tone: 'positive' })
    } catch (error) {
      toastProblem(asProblem(error))
    }
    this.dispatchEvent(new Event('ended'))
  }

  #row(delegation: DelegationDocument): unknown {
    const { giver, receiver, roles, reason, from, until, state } = delegation
    const names = { giver: giver.label, receiver: receiver.label }
    const called = roles.map(({ id, label }) =>
      label ? pick(label) : id === 'admin' ? t('delegation.admin') : id,
    )
    const open = state === 'active' || state === 'planned'
    return html`<li class=${open ? '' : 'past'}>
      <div>
        <strong>${t('delegation.who', names)}</strong>
        <small>${called.join(', ')} · ${reason}</small>
        <small
          >${t('delegation.when', { from: fmt.datetime(from), until: fmt.datetime(until) })} ·
          ${t(`delegation.state.${state}`)}</small
        >
      </div>
      ${
        open
          ? html`<button
              type="button"
              class="pl-button"
              aria-label=${t('delegation.end.one', names)}
              @click=${() => void this.#end(delegation)}
            >
              ${t('delegation.end')}
            </button>`
          : nothing
      }
    </li>`
  }

  override render(): unknown {
    return html`<ul>
      ${this.items.map((each) => this.#row(each))}
    </ul>`
  }
}

customElements.define('pl-delegation-list', DelegationList)
