import type { Ticket } from '../src/contract.ts'

/** A record referred to, as it comes with `include`. */
export interface Included {
  readonly id: string
  readonly label: string
}

export type ShownTicket = Ticket & {
  readonly customer?: Included | null
  readonly assigneeEmployee?: Included | null
}
