import { html, nothing } from 'lit'
import { common } from '../texts.ts'
import { t } from './texts.ts'

interface End {
  readonly more: boolean
  readonly moreFailed: boolean
  readonly narrow: boolean | undefined
}

/** What stands below the rows: that the next ones did not come, or, below cards, the way to them. */
export function renderFoot({ more, moreFailed, narrow }: End, load: () => void): unknown {
  if (moreFailed)
    return html`<div class="foot failed" role="alert">
      <span>${t('grid.failed')}</span>
      <button class="pl-button" @click=${load}>${common('common.retry')}</button>
    </div>`
  if (!narrow || !more) return nothing
  return html`<div class="foot end">
    <button class="pl-button" @click=${load}>${t('grid.load')}</button>
  </div>`
}
