import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { common, pick } from '@plinth/ui'
import type { RefItem } from '@plinth/ui/form'
import { css, html, nothing, type TemplateResult } from 'lit'
import type { ListState } from './list-state.ts'
import { t } from './texts.ts'

/** More values than this go into a menu instead of standing side by side. */
const SIDE_BY_SIDE = 5

export interface FilterBar {
  readonly meta: EntityMeta
  readonly state: ListState
  set(field: string, value: string): void
}

interface Option {
  readonly value: string
  readonly label: string
}

function optionsOf(field: FieldMeta): Option[] {
  if (field.type === 'bool') {
    return [
      { value: 'true', label: common('common.yes') },
      { value: 'false', label: common('common.no') },
    ]
  }
  return (field.values ?? []).map(({ value, label }) => ({ value, label: pick(label) }))
}

function segmented(bar: FilterBar, field: FieldMeta): TemplateResult {
  return html`<pl-segmented
    .label=${pick(field.label)}
    .options=${[{ value: '', label: t('list.all') }, ...optionsOf(field)]}
    .value=${bar.state.filters[field.name] ?? ''}
    @change=${(event: Event) => bar.set(field.name, (event.currentTarget as HTMLElement & { value: string }).value)}
  ></pl-segmented>`
}

function menu(bar: FilterBar, field: FieldMeta): TemplateResult {
  const name = pick(field.label)
  const chosen = bar.state.filters[field.name] ?? ''
  return html`<span class=${chosen ? 'menu chosen' : 'menu'}
    ><select
      aria-label=${name}
      .value=${chosen}
      @change=${(event: Event) => bar.set(field.name, (event.currentTarget as HTMLSelectElement).value)}
    >
      <option value="" ?selected=${chosen === ''}>${t('list.any', { name })}</option>
      ${optionsOf(field).map(
        ({ value, label }) =>
          html`<option value=${value} ?selected=${chosen === value}>
            ${t('list.filter', { name, value: label })}
          </option>`,
      )}
    </select>
    <pl-icon name="chevron-down"></pl-icon
  ></span>`
}

function picker(bar: FilterBar, field: FieldMeta): TemplateResult {
  // Only an address that asks for one record brings a picker up; the fields of a form are not part of every list.
  void import('@plinth/ui/form')
  return html`<pl-ref-picker
    class="picker"
    .field=${field}
    .value=${bar.state.filters[field.name] ?? null}
    .accessibleName=${pick(field.label)}
    .placeholder=${t('list.any', { name: pick(field.label) })}
    @change=${(event: CustomEvent<RefItem | null>) => bar.set(field.name, event.detail?.id ?? '')}
  ></pl-ref-picker>`
}

function isMenu(field: FieldMeta): boolean {
  return field.type === 'enum' || field.type === 'bool'
}

/** The quick filters of the entity, and whatever else the address asks for, so that nothing filters unseen. */
export function renderFilters(bar: FilterBar): TemplateResult | typeof nothing {
  const { meta, state } = bar
  const offered = new Set([...meta.list.filters, ...Object.keys(state.filters)])
  const fields = [...offered].flatMap((name) => meta.fields.filter((field) => field.name === name))
  if (fields.length === 0) return nothing
  const lead = fields.find((field) => field.type === 'enum' && (field.values?.length ?? 0) <= SIDE_BY_SIDE)
  return html`<div class="filters" role="group" aria-label=${t('list.filters')}>
    ${lead ? segmented(bar, lead) : nothing}
    ${fields.filter((field) => field !== lead).map((field) => (isMenu(field) ? menu(bar, field) : picker(bar, field)))}
  </div>`
}

export const filterStyles = css`
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    min-width: 0;
  }
  .menu {
    position: relative;
    display: inline-flex;
    align-items: center;
    --pl-icon-size: 14px;
  }
  .menu select {
    appearance: none;
    min-height: var(--pl-control);
    max-width: 240px;
    padding: 0 30px 0 12px;
    border: 1px solid var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
    background: var(--pl-raised);
    color: var(--pl-text-2);
    font: 500 var(--pl-size-13) / 20px var(--pl-font);
    text-overflow: ellipsis;
    cursor: pointer;
  }
  .menu select:hover {
    color: var(--pl-text);
  }
  .menu.chosen select {
    border-color: color-mix(in oklch, var(--pl-accent) 45%, transparent);
    background: var(--pl-accent-soft);
    color: var(--pl-accent-text);
  }
  .menu pl-icon {
    position: absolute;
    inset-inline-end: 10px;
    color: var(--pl-text-2);
    pointer-events: none;
  }
  .picker {
    width: 220px;
  }
`
