import { PlinthElement } from '@plinth/ui'
import { html, nothing } from 'lit'
import { shell } from '../session/state.ts'
import { t } from '../texts.ts'
import { daysLeft } from './days-left.ts'

/** Whoever has longer need not be told every day. */
const MOST_DAYS = 30

/** Says how many days are left to set up a second factor. Lives in the page's own tree, as the frame does. */
export class EnrolNote extends PlinthElement {
  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override render(): unknown {
    const enrolBy = shell.value?.enrolBy
    if (enrolBy === undefined) return nothing
    const days = daysLeft(enrolBy)
    if (days > MOST_DAYS) return nothing
    return html`<p class="notice" role="status">
      <pl-icon name="shield-alert"></pl-icon>
      <span>
        ${t('frame.enrol', { days })}
        <a class="pl-link" href="account">${t('frame.enrol.go')}</a>
      </span>
    </p>`
  }
}

customElements.define('pl-enrol-note', EnrolNote)
