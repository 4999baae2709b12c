import { html, type TemplateResult } from 'lit'
import { t } from './texts.ts'

/** A screen on which several records can be chosen. */
export interface Choosing {
  /** Ids of chosen records while several are being chosen. */
  chosen: ReadonlySet<string> | undefined
}

/** Begins choosing several records, or ends it. */
export function chooseButton(screen: Choosing): TemplateResult {
  return html`<button
    slot="actions"
    class="pl-button ghost icon"
    type="button"
    aria-pressed=${screen.chosen ? 'true' : 'false'}
    aria-label=${t('bulk.choose')}
    title=${t('bulk.choose')}
    @click=${() => (screen.chosen = screen.chosen ? undefined : new Set())}
  >
    <pl-icon name="list-checks"></pl-icon>
  </button>`
}
