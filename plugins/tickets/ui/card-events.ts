import type { TicketStatus } from '../src/ticket-status.ts'

/** A ticket is to go into another state. */
export class CardMoveEvent extends Event {
  static readonly type = 'tickets-move'
  readonly to: TicketStatus

  constructor(to: TicketStatus) {
    super(CardMoveEvent.type)
    this.to = to
  }
}

/** The arrow keys ask for another ticket. */
export class CardStepEvent extends Event {
  static readonly type = 'tickets-step'
  readonly x: -1 | 0 | 1
  readonly y: -1 | 0 | 1

  constructor(x: -1 | 0 | 1, y: -1 | 0 | 1) {
    super(CardStepEvent.type)
    this.x = x
    this.y = y
  }
}
