import type { SecurityReportDocument } from '@plinth/sdk'
import { fmt, href, PlinthElement, Resource, type PlSegmented } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { shell } from '../../session/state.ts'
import { eventName } from '../audit/action-names.ts'
import { auditAddress } from '../audit/audit-address.ts'
import { fetchReport } from './security-api.ts'
import { securityStyles } from './security.styles.ts'
import { t } from './texts.ts'

const DAY_MS = 86_400_000
/** Kinds that are shown before more are wanted. */
const SHOWN = 8

type Event = SecurityReportDocument['events'][number]

/** How often each kind of security event happened lately, with the way to these entries for those who may read them. */
export class SecurityEvents extends PlinthElement {
  static override properties: PropertyDeclarations = { days: { state: true }, whole: { state: true } }
  declare protected days: 1 | 7
  declare protected whole: boolean
  readonly #report = new Resource<SecurityReportDocument>(
    this,
    (signal) => fetchReport({ signal }, new Date(Date.now() - this.days * DAY_MS)),
    () => [this.days],
  )

  static override styles = securityStyles

  constructor() {
    super()
    this.days = 1
    this.whole = false
  }

  reload(): Promise<unknown> {
    return this.#report.reload()
  }

  #row({ action, count }: Event, { since, events }: SecurityReportDocument): unknown {
    const share = (100 * count) / events[0]!.count
    const row = html`<span class="name">${eventName(action)}</span>
      <span class="count">${fmt.num(count)}</span>
      <span class="bar" aria-hidden="true"><span style=${`inline-size: max(2px, ${share}%)`}></span></span>`
    if (!shell.value?.console.includes('audit')) return html`<li class="event">${row}</li>`
    const address = auditAddress({ kind: 'security', action, since })
    return html`<li><a class="event" href=${href(address)}>${row}</a></li>`
  }

  #rows(report: SecurityReportDocument): unknown {
    const { events } = report
    if (events.length === 0) return html`<p>${t(this.days === 1 ? 'events.noneDay' : 'events.noneWeek')}</p>`
    const shown = this.whole ? events : events.slice(0, SHOWN)
    return html`<ul class="events">
        ${shown.map((each) => this.#row(each, report))}
      </ul>
      ${
        shown.length < events.length
          ? html`<button type="button" class="pl-button" @click=${() => (this.whole = true)}>
              ${t('events.more', { count: events.length - shown.length })}
            </button>`
          : nothing
      }`
  }

  override render(): unknown {
    return html`<section class="pl-card accesses">
      <div class="head">
        <h2>${t('events.title')}</h2>
        <pl-segmented
          label=${t('events.range')}
          .value=${String(this.days)}
          .options=${[
            { value: '1', label: t('events.day') },
            { value: '7', label: t('events.week') },
          ]}
          @change=${(event: globalThis.Event) =>
            (this.days = (event.target as PlSegmented).value === '7' ? 7 : 1)}
        ></pl-segmented>
      </div>
      ${this.#report.render((report) => this.#rows(report))}
    </section>`
  }
}

customElements.define('pl-security-events', SecurityEvents)
