import { setQuery } from '@plinth/ui'
import { html } from 'lit'
import '../entity/search-box.ts'
import type { Cards } from './plugin-api.ts'
import type { Show } from './plugin-list.ts'
import { t } from './texts.ts'

/** What the list of plugins can be confined to. */
export const SHOWS: readonly Show[] = ['all', 'on', 'off', 'quarantined']

/** Search and filter above the plugins. */
export function renderTools(cards: Cards, search: string, shown: Show): unknown {
  const halted = cards.some((card) => card.state === 'quarantined')
  const options = SHOWS.filter((show) => show !== 'quarantined' || halted || shown === show)
  return html`<div slot="below" class="tools">
    <pl-search-box
      .value=${search}
      .label=${t('page.search')}
      @search=${(event: CustomEvent<string>) => setQuery({ q: event.detail })}
    ></pl-search-box>
    <pl-segmented
      .label=${t('page.filter')}
      .options=${options.map((show) => ({ value: show, label: t(`page.${show}`) }))}
      .value=${shown}
      @change=${(event: Event) => {
        const { value } = event.currentTarget as HTMLElement & { value: string }
        setQuery({ show: value === 'all' ? null : value })
      }}
    ></pl-segmented>
  </div>`
}
