import { asProblem, href, pick, PlinthScreen, Resource, toast, type ApiProblem } from '@plinth/ui'
import type { ListPage } from '@plinth/sdk'
import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { mayMove, STATUS_VALUES, statusLabel, type TicketStatus } from '../src/ticket-status.ts'
import { columnsOf, isDone, isOverdue, neighbour, type BoardColumn } from './board-columns.ts'
import type { CardMoveEvent, CardStepEvent } from './card-events.ts'
import type { ShownTicket } from './records.ts'
import { boardStyles } from './ticket-board.styles.ts'
import type { TicketCard } from './ticket-card.ts'
import './ticket-card.ts'

/** Days that what is done stays on the board. */
const DONE_DAYS = 14
const DAY = 86_400_000
const NAMED_REASONS = ['assignee_missing', 'transition_refused', 'version_conflict'] as const

/** All open tickets by status, to be moved by mouse, keyboard or menu. */
export class TicketBoard extends PlinthScreen {
  static override properties: PropertyDeclarations = {
    dragged: { state: true },
    over: { state: true },
    current: { state: true },
    column: { state: true },
    said: { state: true },
  }
  static override styles = boardStyles
  declare dragged: ShownTicket | undefined
  /** The column the dragged ticket hangs over. */
  declare over: TicketStatus | undefined
  /** Id of the ticket the Tab key reaches. */
  declare current: string | undefined
  /** On a narrow screen, the column that is shown. */
  declare column: TicketStatus
  /** What was last done, for screen readers. */
  declare said: string

  /** Tickets on their way to the server. */
  readonly #pending = new Set<string>()

  readonly tickets = new Resource(this, (signal) =>
    this.host.api.list<ShownTicket>(
      this.#entity?.api ?? '/api/v1/tickets/tickets',
      {
        limit: 200,
        sort: '-receivedAt',
        include: ['customer', 'assigneeEmployee'],
        filter: {
          or: [
            { status: { nin: ['resolved', 'closed'] } },
            { statusChangedAt: { gte: new Date(Date.now() - DONE_DAYS * DAY).toISOString() } },
          ],
        },
      },
      { signal },
    ),
  )

  constructor() {
    super()
    this.column = 'new'
    this.said = ''
  }

  get #entity() {
    return this.host.entity('tickets.ticket')
  }

  override render(): unknown {
    return html`
      ${this.#header()} ${this.tickets.render((page) => this.#board(page), 'board')}
      <p class="pl-sr-only" role="status">${this.said}</p>
    `
  }

  #header(): unknown {
    const { t } = this.host
    const tickets = this.tickets.value?.items
    const open = tickets?.filter(({ status }) => !isDone(status)).length ?? 0
    const overdue = tickets?.filter((ticket) => isOverdue(ticket, new Date())).length ?? 0
    return html`<pl-page-header
      heading=${t('board.heading')}
      subheading=${tickets ? t('board.subheading', { open, overdue }) : nothing}
    >
      ${this.#newButton()}
    </pl-page-header>`
  }

  #newButton(slot = 'actions'): unknown {
    const entity = this.#entity
    if (!entity?.can.includes('create')) return nothing
    return html`<a slot=${slot} class="pl-button primary" href=${href(`${entity.path}/new`)}
      ><pl-icon name="plus"></pl-icon>${this.host.t('board.new')}</a
    >`
  }

  #board({ items, next }: ListPage<ShownTicket>): unknown {
    const { t } = this.host
    if (items.length === 0) {
      return html`<pl-empty icon="ticket" heading=${t('board.empty.heading')} text=${t('board.empty.text')}
        >${this.#newButton('action')}</pl-empty
      >`
    }
    const columns = columnsOf(items)
    const reached = items.some(({ id }) => id === this.current)
      ? this.current
      : columns.find(({ tickets }) => tickets.length > 0)?.tickets[0]?.id
    return html`
      <p class="pl-sr-only" id="hint">${t('board.hint')}</p>
      <nav class="tabs" aria-label=${t('board.columns')}>
        ${columns.map(
          ({ status, tickets }) =>
            html`<button
              class="pl-button"
              type="button"
              aria-current=${status === this.column ? 'true' : nothing}
              @click=${() => this.#showColumn(status)}
            >
              ${pick(statusLabel(status))}<span class="count">${tickets.length}</span>
            </button>`,
        )}
      </nav>
      <div
        class=${this.dragged ? 'board dragging' : 'board'}
        role="group"
        aria-label=${t('board.heading')}
        aria-describedby="hint"
        @scroll=${this.#scrolled}
      >
        ${columns.map((column) => this.#column(column, columns, reached))}
      </div>
      ${next ? html`<p class="more">${t('board.more', { count: items.length })}</p>` : nothing}
    `
  }

  #column({ status, tickets }: BoardColumn, columns: readonly BoardColumn[], reached?: string): unknown {
    const { t } = this.host
    const { dragged } = this
    const value = STATUS_VALUES.find((each) => each.value === status)
    const movable = this.#entity?.can.includes('update') ?? false
    const look = [
      'column',
      dragged?.status === status && 'home',
      dragged && mayMove(dragged.status, status) && 'possible',
      dragged && this.over === status && dragged.status !== status && 'over',
    ]
    return html`<section
      class=${look.filter(Boolean).join(' ')}
      aria-labelledby="column-${status}"
      data-status=${status}
      @dragover=${(event: DragEvent) => this.#dragOver(event, status)}
      @dragleave=${(event: DragEvent) => this.#dragLeave(event, status)}
      @drop=${(event: DragEvent) => this.#drop(event, status)}
    >
      <header>
        <h2 id="column-${status}">
          <pl-status .tone=${value?.tone} .label=${pick(statusLabel(status))}></pl-status>
        </h2>
        <span class="count">${tickets.length}</span>
      </header>
      ${isDone(status) ? html`<p class="note">${t('board.window', { days: DONE_DAYS })}</p>` : nothing}
      ${tickets.length === 0 ? html`<p class="note">${t('board.none')}</p>` : nothing}
      <ul ?hidden=${tickets.length === 0}>
        ${repeat(
          tickets,
          ({ id }) => id,
          (ticket) =>
            html`<li>
              <tickets-card
                .host=${this.host}
                .ticket=${ticket}
                .movable=${movable}
                .current=${ticket.id === reached}
                .pending=${this.#pending.has(ticket.id)}
                data-ticket=${ticket.id}
                @focusin=${() => (this.current = ticket.id)}
                @dragstart=${(event: DragEvent) => this.#dragStart(event, ticket)}
                @dragend=${() => this.#dragEnd()}
                @tickets-move=${({ to }: CardMoveEvent) => void this.#move(ticket, to, { follow: true })}
                @tickets-step=${(step: CardStepEvent) => void this.#focus(neighbour(columns, ticket.id, step)?.id)}
              ></tickets-card>
            </li>`,
        )}
      </ul>
    </section>`
  }

  #dragStart(event: DragEvent, ticket: ShownTicket): void {
    if (this.#pending.has(ticket.id)) {
      event.preventDefault()
      return
    }
    event.dataTransfer?.setData('text/plain', `${ticket.number} ${ticket.subject}`)
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move'
    this.dragged = ticket
  }

  /** Every column takes the ticket: where it may not go, the server says why. */
  #dragOver(event: DragEvent, status: TicketStatus): void {
    if (!this.dragged) return
    event.preventDefault()
    this.over = status
  }

  #dragLeave(event: DragEvent, status: TicketStatus): void {
    const inside = (event.currentTarget as Element).contains(event.relatedTarget as Node | null)
    if (!inside && this.over === status) this.over = undefined
  }

  #drop(event: DragEvent, status: TicketStatus): void {
    if (!this.dragged) return
    event.preventDefault()
    void this.#move(this.dragged, status, { follow: false })
    this.#dragEnd()
  }

  #dragEnd(): void {
    this.dragged = undefined
    this.over = undefined
  }

  /** Shows the move at once and takes it back with the reason when the server refuses it. */
  async #move(ticket: ShownTicket, to: TicketStatus, { follow }: { follow: boolean }): Promise<void> {
    if (to === ticket.status || this.#pending.has(ticket.id)) return
    const { api, t } = this.host
    const { number } = ticket
    this.#pending.add(ticket.id)
    this.#replace({ ...ticket, status: to })
    if (follow) await this.#focus(ticket.id)
    try {
      const path = `${this.#entity?.api ?? '/api/v1/tickets/tickets'}/${ticket.id}`
      const saved = await api.patch<ShownTicket>(path, { status: to }, { version: ticket.version })
      this.#pending.delete(ticket.id)
      this.#replace({ ...ticket, ...saved })
      this.said = t('board.moved', { number, status: pick(statusLabel(saved.status)) })
      // Who takes a ticket over is decided by the server; the name comes with the next answer.
      if (saved.assigneeEmployeeId !== ticket.assigneeEmployeeId) await this.tickets.reload()
    } catch (error) {
      const problem = asProblem(error)
      this.#pending.delete(ticket.id)
      this.#replace(ticket)
      const reason = this.#reason(problem, ticket.status, to)
      toast(t('board.notMoved', { number, status: pick(statusLabel(ticket.status)), reason }), {
        tone: 'danger',
      })
      if (problem.status === 404 || problem.code === 'version_conflict') await this.tickets.reload()
    }
    if (follow) await this.#focus(ticket.id)
  }

  /** The server's reason, in the member's language where this plugin knows it. */
  #reason({ code, message }: ApiProblem, from: TicketStatus, to: TicketStatus): string {
    const known = NAMED_REASONS.find((name) => code === name || code === `tickets.${name}`)
    if (!known) return message
    return this.host.t(`refused.${known}`, { from: pick(statusLabel(from)), to: pick(statusLabel(to)) })
  }

  #replace(ticket: ShownTicket): void {
    const page = this.tickets.value
    if (!page) return
    this.tickets.set({ ...page, items: page.items.map((each) => (each.id === ticket.id ? ticket : each)) })
  }

  async #focus(id: string | undefined): Promise<void> {
    if (id === undefined) return
    this.current = id
    await this.updateComplete
    const card = this.renderRoot.querySelector<TicketCard>(`[data-ticket="${id}"]`)
    await card?.updateComplete
    card?.focus()
  }

  #showColumn(status: TicketStatus): void {
    const column = this.renderRoot.querySelector<HTMLElement>(`[data-status="${status}"]`)
    const board = column?.parentElement
    if (board) board.scrollTo({ left: column.offsetLeft - board.offsetLeft })
    this.column = status
  }

  #scrolled(event: Event): void {
    const board = event.currentTarget as HTMLElement
    const index = Math.round((board.scrollLeft / board.scrollWidth) * STATUS_VALUES.length)
    this.column = STATUS_VALUES[index]?.value ?? this.column
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    if (!changed.has('column')) return
    const tab = this.renderRoot.querySelector<HTMLElement>('.tabs [aria-current]')
    const tabs = tab?.parentElement
    if (tabs)
      tabs.scrollTo({ left: tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2 })
  }
}
