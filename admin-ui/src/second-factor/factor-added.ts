import type { FactorAddedDocument } from '@plinth/sdk'

/** A second factor was set up. */
export class FactorAddedEvent extends Event {
  static readonly type = 'factor-added'
  readonly added: FactorAddedDocument
  constructor(added: FactorAddedDocument) {
    super(FactorAddedEvent.type)
    this.added = added
  }
}
