import type { EntityMeta } from '@plinth/sdk'
import { asProblem, PlinthElement, type AnyRecord } from '@plinth/ui'
import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit'
import { toastProblem } from '../toast-problem.ts'
import type { BulkOutcome } from './bulk-changes.ts'
import { t } from './texts.ts'

/**
 * A bar about the records that are chosen: how many, what can be done with them at once, and the way out.
 *
 * @fires leave nothing is to be chosen any more
 */
export abstract class ChosenBar extends PlinthElement {
  static override properties: PropertyDeclarations = {
    meta: { attribute: false },
    records: { attribute: false },
    changed: { attribute: false },
    busy: { state: true },
  }
  declare meta: EntityMeta
  /** The chosen ones. */
  declare records: readonly AnyRecord[]
  /** Told that records are other than shown, with the ids to stay chosen; also when the bar has gone and a deed is undone. */
  declare changed: (ids: ReadonlySet<string>) => void
  declare protected busy: boolean

  static override styles = css`
    :host {
      position: sticky;
      inset-block-end: 0;
      z-index: 5;
      flex: none;
      display: block;
      padding: 10px var(--pl-gutter) calc(10px + env(safe-area-inset-bottom));
      border-block-start: 1px solid var(--pl-hairline);
      background: var(--pl-sheet);
    }
    div {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
    }
    p {
      flex: 1;
      font-weight: 550;
      font-variant-numeric: tabular-nums;
    }
    @media (max-width: 560px) {
      p {
        flex-basis: calc(100% - 60px);
      }
      .leave {
        order: 1;
      }
      .pl-button:not(.leave) {
        flex: 1;
        order: 2;
      }
    }
  `

  constructor() {
    super()
    this.records = []
    this.busy = false
  }

  /** One deed at a time, told about when it is done. */
  protected async run(
    deed: () => Promise<BulkOutcome>,
    said: (outcome: BulkOutcome) => void,
    refused: string,
  ): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      const outcome = await deed()
      // What was refused stays chosen: it may be tried otherwise.
      this.changed(new Set(outcome.refused.map(({ record }) => record.id)))
      if (outcome.refused.length === 0) return said(outcome)
      const { showRefusals } = await import('./bulk-refusals.ts')
      await showRefusals(this.meta, outcome, refused)
    } catch (error) {
      toastProblem(asProblem(error))
      this.changed(new Set(this.records.map(({ id }) => id)))
    } finally {
      this.busy = false
    }
  }

  /** @param deeds buttons, each of them off while nothing is chosen or something is being done */
  protected bar(deeds: (off: boolean) => unknown): TemplateResult {
    return html`<div role="toolbar" aria-label=${t('bulk.label')}>
      <p role="status">${t('bulk.count', { count: this.records.length })}</p>
      ${deeds(this.records.length === 0 || this.busy)}
      <button
        class="pl-button ghost icon leave"
        type="button"
        aria-label=${t('bulk.leave')}
        title=${t('bulk.leave')}
        @click=${() => this.dispatchEvent(new Event('leave'))}
      >
        <pl-icon name="x"></pl-icon>
      </button>
    </div>`
  }
}
