import { href, pick, PlinthElement, type MenuItem, type ScreenHost } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { PRIORITY_VALUES } from '../src/ticket-priority.ts'
import { nextStates, statusLabel } from '../src/ticket-status.ts'
import { isOverdue, nextStatus } from './board-columns.ts'
import { CardMoveEvent, CardStepEvent } from './card-events.ts'
import type { ShownTicket } from './records.ts'

const STEPS: Readonly<Record<string, readonly [x: -1 | 0 | 1, y: -1 | 0 | 1]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/**
 * A ticket on the board.
 *
 * @fires tickets-move - `CardMoveEvent`, by keyboard or menu
 * @fires tickets-step - `CardStepEvent`
 */
export class TicketCard extends PlinthElement {
  static override properties: PropertyDeclarations = {
    host: { attribute: false },
    ticket: { attribute: false },
    movable: { type: Boolean },
    current: { type: Boolean },
    pending: { type: Boolean, reflect: true },
  }
  declare host: ScreenHost
  declare ticket: ShownTicket
  declare movable: boolean
  /** The one card of the board that the Tab key reaches; arrow keys lead to the others. */
  declare current: boolean
  /** A move is on its way to the server. */
  declare pending: boolean

  static override styles = css`
    :host {
      display: block;
    }
    article {
      position: relative;
      display: grid;
      gap: 3px;
      padding: 10px 12px;
      background: var(--pl-raised);
      box-shadow: var(--pl-shadow-rest);
      border-radius: var(--pl-radius-m);
    }
    article:hover {
      border-color: var(--pl-hairline-strong);
    }
    article[draggable='true'] {
      cursor: grab;
    }
    :host([pending]) article {
      opacity: 0.6;
    }
    article:has(.subject:focus-visible) {
      outline: 2px solid var(--pl-focus);
      outline-offset: 1px;
    }
    .number,
    .foot {
      display: flex;
      gap: 8px;
      align-items: center;
      color: var(--pl-text-2);
      font-size: var(--pl-size-12);
      line-height: 18px;
    }
    .subject {
      font-weight: 500;
      line-height: 19px;
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      overflow: hidden;
      overflow-wrap: anywhere;
      outline: 0;
    }
    /* The whole card is the link; what lies above it stays reachable. */
    .subject::after {
      content: '';
      position: absolute;
      inset: 0;
    }
    pl-menu {
      position: absolute;
      z-index: 1;
      inset: 6px 6px auto auto;
    }
    .pl-button.icon {
      width: 26px;
      min-height: 26px;
    }
    .customer {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 18px;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .foot {
      margin-top: 5px;
      min-height: 24px;
    }
    .foot pl-status {
      flex: 1;
    }
    .overdue {
      color: var(--pl-danger-text);
      font-weight: 500;
    }
    @media (max-width: 760px) {
      pl-menu {
        inset: 2px 2px auto auto;
      }
      .pl-button.icon {
        width: 40px;
        min-height: 40px;
      }
    }
  `

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.subject')?.focus(options)
  }

  override render(): unknown {
    const { t, fmt } = this.host
    const { number, subject, customer, receivedAt, responseDueAt, assigneeEmployee } = this.ticket
    const priority = PRIORITY_VALUES.find(({ value }) => value === this.ticket.priority)
    const priorityName = priority ? pick(priority.label) : this.ticket.priority
    const path = this.host.entity('tickets.ticket')?.path ?? '/app/tickets/tickets'
    return html`
      <article
        class="pl-card"
        draggable=${this.movable ? 'true' : 'false'}
        aria-busy=${this.pending ? 'true' : 'false'}
      >
        <span class="number pl-mono">${number}</span>
        <a
          class="subject"
          draggable="false"
          href=${href(`${path}/${this.ticket.id}`)}
          tabindex=${this.current ? 0 : -1}
          aria-keyshortcuts=${this.movable ? 'Shift+ArrowLeft Shift+ArrowRight' : nothing}
          @keydown=${this.#key}
          >${subject}</a
        >
        ${customer ? html`<p class="customer">${customer.label}</p>` : nothing}
        <div class="foot">
          <pl-status
            .tone=${priority?.tone}
            .label=${priorityName}
            title=${t('card.priority', { priority: priorityName })}
          ></pl-status>
          ${
            isOverdue(this.ticket, new Date())
              ? html`<span
                  class="overdue"
                  title=${t('card.overdueSince', { moment: fmt.datetime(responseDueAt) })}
                  >${t('card.overdue')}</span
                >`
              : html`<time datetime=${receivedAt} title=${fmt.datetime(receivedAt)}
                  >${fmt.rel(receivedAt)}</time
                >`
          }
          ${
            assigneeEmployee
              ? html`<pl-avatar
                  label
                  .name=${assigneeEmployee.label}
                  .size=${24}
                  title=${assigneeEmployee.label}
                ></pl-avatar>`
              : nothing
          }
        </div>
        ${this.movable ? this.#menu() : nothing}
      </article>
    `
  }

  #menu(): unknown {
    const { t } = this.host
    const name = t('card.move', { number: this.ticket.number })
    const items = nextStates(this.ticket.status).map((to): MenuItem => ({
      label: pick(statusLabel(to)),
      icon: 'arrow-right',
      run: () => void this.dispatchEvent(new CardMoveEvent(to)),
    }))
    return html`<pl-menu .items=${items} .label=${t('card.moveTo')}>
      <button
        slot="trigger"
        class="pl-button ghost icon"
        tabindex=${this.current ? 0 : -1}
        aria-label=${name}
        title=${name}
        ?disabled=${this.pending}
      >
        <pl-icon name="ellipsis"></pl-icon>
      </button>
    </pl-menu>`
  }

  #key(event: KeyboardEvent): void {
    const [x, y] = STEPS[event.key] ?? [0, 0]
    if ((x === 0 && y === 0) || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (!event.shiftKey) {
      this.dispatchEvent(new CardStepEvent(x, y))
      return
    }
    const to = this.movable && x !== 0 ? nextStatus(this.ticket.status, x) : undefined
    if (to) this.dispatchEvent(new CardMoveEvent(to))
  }
}

if (!customElements.get('tickets-card')) customElements.define('tickets-card', TicketCard)
