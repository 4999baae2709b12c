import { dayOf, pick, PlinthElement, type ScreenHost } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { activity as entity } from '../src/activity-entity.ts'
import type { ShownActivity } from './records.ts'
import { groupByDay } from './timeline-days.ts'

const ICONS: Readonly<Record<ShownActivity['kind'], string>> = {
  call: 'phone',
  email: 'mail',
  meeting: 'calendar',
  note: 'notebook-pen',
  chat: 'message-circle',
  ticket: 'ticket',
  invoice: 'receipt-text',
}

const HUES: Readonly<Partial<Record<ShownActivity['kind'], number>>> = {
  call: 158,
  email: 250,
  meeting: 300,
  ticket: 68,
  chat: 200,
  invoice: 25,
}

const DAY = 86_400_000

/** What was said and agreed, by day. */
export class CustomerTimeline extends PlinthElement {
  static override properties: PropertyDeclarations = {
    host: { attribute: false },
    activities: { attribute: false },
  }
  declare host: ScreenHost
  /** The latest first. */
  declare activities: readonly ShownActivity[]

  static override styles = css`
    h3 {
      padding: 20px 0 8px;
      color: var(--pl-text-2);
      font-size: var(--pl-size-12);
      font-weight: 600;
    }
    section:first-child h3 {
      padding-top: 4px;
    }
    ol {
      display: grid;
      gap: 2px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      position: relative;
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      gap: 2px 12px;
      padding: 8px 0;
    }
    li:not(:last-child)::before {
      content: '';
      position: absolute;
      inset: 44px auto -4px 15px;
      width: 1px;
      background: var(--pl-hairline);
    }
    pl-icon-tile {
      grid-row: span 2;
    }
    .subject {
      font-weight: 500;
      line-height: 20px;
      overflow-wrap: anywhere;
    }
    time {
      color: var(--pl-text-2);
      font-size: var(--pl-size-12);
      line-height: 20px;
      font-variant-numeric: tabular-nums;
    }
    .rest {
      grid-column: 2 / -1;
      min-width: 0;
      color: var(--pl-text-2);
      line-height: 20px;
    }
    .body {
      margin-bottom: 2px;
      color: var(--pl-text);
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
    .who {
      font-size: var(--pl-size-12);
    }
  `

  override render(): unknown {
    return groupByDay(this.activities ?? []).map(
      ({ day, entries }) => html`
        <section aria-labelledby="day-${day}">
          <h3 id="day-${day}">${this.#dayName(day)}</h3>
          <ol>
            ${repeat(
              entries,
              ({ id }) => id,
              (entry) => this.#entry(entry),
            )}
          </ol>
        </section>
      `,
    )
  }

  #dayName(day: string): string {
    const { t, fmt } = this.host
    const now = new Date()
    const today = dayOf(now)
    if (day === today) return t('timeline.today')
    if (day === dayOf(new Date(now.getTime() - DAY))) return t('timeline.yesterday')
    return day.slice(0, 4) === today.slice(0, 4) ? fmt.day(day) : fmt.date(day)
  }

  #entry(entry: ShownActivity): unknown {
    const kind = entity.fields.kind.values.find(({ value }) => value === entry.kind)
    return html`
      <li>
        <pl-icon-tile .icon=${ICONS[entry.kind]} .hue=${HUES[entry.kind]} .size=${32}></pl-icon-tile>
        <p class="subject">${entry.subject}</p>
        <time datetime=${entry.occurredAt}>${this.host.fmt.time(entry.occurredAt)}</time>
        <div class="rest">
          ${entry.body ? html`<p class="body">${entry.body}</p>` : nothing}
          <p class="who">${[kind && pick(kind.label), ...this.#circumstances(entry)].join(' · ')}</p>
        </div>
      </li>
    `
  }

  #circumstances({ direction, contact, employee }: ShownActivity): string[] {
    const { t } = this.host
    return [
      ...(direction ? [t(direction === 'in' ? 'activity.fromCustomer' : 'activity.toCustomer')] : []),
      ...(contact ? [t('activity.contact', { name: contact.label })] : []),
      ...(employee ? [employee.label] : []),
    ]
  }
}

if (!customElements.get('crm-customer-timeline'))
  customElements.define('crm-customer-timeline', CustomerTimeline)
