import type { ImportDocument } from '@plinth/sdk'
import { html } from 'lit'
import { t } from './texts.ts'

interface Deeds {
  readonly run: () => void
  readonly back: () => void
}

/** What can be done after a file was tried out: carry it out, if any of it would go in, or assign its columns differently. */
export function renderCheckedDeeds(
  { counts, settings }: ImportDocument,
  busy: boolean,
  { run, back }: Deeds,
): unknown {
  const going = counts.created + counts.updated + counts.unchanged
  const none = going === 0 || (settings.atomic && counts.refused > 0)
  return html`<div class="deeds">
    <button class="pl-button primary" type="button" ?disabled=${busy || none} @click=${run}>
      ${t('action.run', { count: going })}
    </button>
    <button class="pl-button" type="button" @click=${back}>${t('action.back')}</button>
  </div>`
}
